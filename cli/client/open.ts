import { type Duration, formatDuration } from '../parse/duration'
import type { EnvironmentName } from '../reference/reference'
import { type Api, ApiFailure, decodeBody } from './api'
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

/**
 * Opens an environment: providers are called, and the result is read back, unless the server gives it at once. A server
 * that does not know the preference ignores it (RFC 7240).
 */
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
    const answer = await api.send({
      method: 'POST',
      path: environmentPath(name, ...place, 'open'),
      query: { duration: formatDuration(options.lifetime) },
      headers: { Prefer: 'return=representation' },
    })
    const opened = asObject(decodeBody(answer), 'open')
    const environment = answer.headers['preference-applied']
      ? opened
      : await api.json({ path: environmentPath(name, 'open', text(opened, 'id')) })
    return { environment: decodeEnvironment(environment), diagnostics: [] }
  } catch (error) {
    if (error instanceof ApiFailure && error.diagnostics.length > 0) {
      return { environment: undefined, diagnostics: error.diagnostics }
    }
    throw error
  }
}
