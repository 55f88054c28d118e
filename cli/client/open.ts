import { type Duration, formatDuration } from '../parse/duration'
import type { EnvironmentName } from '../reference/reference'
import { type Api, ApiFailure } from './api'
import { asObject, text } from './decode'
import { environmentPath } from './environments'
import { type Diagnostic, decodeEnvironment, type Environment } from './values'

export interface OpenOptions {
  /** How long the service keeps the result. */
  readonly lifetime: Duration
  /** A revision number or tag; empty for the latest. */
  readonly version: string
  /** A change request whose text is opened instead; empty for none. */
  readonly draft: string
}

export interface OpenResult {
  /** Undefined when the definition has errors. */
  readonly environment: Environment | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Opens an environment: providers are called, and the result is read back. */
export async function openEnvironment(
  api: Api,
  name: EnvironmentName,
  options: OpenOptions,
): Promise<OpenResult> {
  const place = options.draft
    ? ['drafts', options.draft]
    : options.version
      ? ['versions', options.version]
      : []
  try {
    const opened = asObject(
      await api.json({
        method: 'POST',
        path: environmentPath(name, ...place, 'open'),
        query: { duration: formatDuration(options.lifetime) },
      }),
      'open',
    )
    const environment = await api.json({ path: environmentPath(name, 'open', text(opened, 'id')) })
    return { environment: decodeEnvironment(environment), diagnostics: [] }
  } catch (error) {
    if (error instanceof ApiFailure && error.diagnostics.length > 0) {
      return { environment: undefined, diagnostics: error.diagnostics }
    }
    throw error
  }
}
