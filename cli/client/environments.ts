import type { EnvironmentName } from '../reference/reference'
import { type Api, ApiFailure, decodeBody, isStatus } from './api'
import { asList, asObject, isObject, text } from './decode'
import type { Json } from './json'
import { type Diagnostic, decodeDiagnostics, decodeEnvironment, type Environment } from './values'

/** A definition and the tag that guards its next update. */
export interface Definition {
  readonly text: string
  readonly etag: string
}

/** The segments of an environment's routes. */
export function environmentPath(name: EnvironmentName, ...rest: string[]): string[] {
  return ['esc', 'environments', name.organization, name.project, name.environment, ...rest]
}

/** Whether an environment exists and may be seen; every failure counts as "no" (http-api.md §10.2). */
export async function environmentExists(api: Api, name: EnvironmentName): Promise<boolean> {
  try {
    await api.send({ method: 'HEAD', path: environmentPath(name) })
    return true
  } catch (error) {
    if (error instanceof ApiFailure) return false
    throw error
  }
}

/** All environments the person may see, of one organization or of all. */
export async function listEnvironments(api: Api, organization?: string): Promise<EnvironmentName[]> {
  const path = organization ? ['esc', 'environments', organization] : ['esc', 'environments']
  const found: EnvironmentName[] = []
  let token: string | undefined
  do {
    const page = asObject(await api.json({ path, query: { continuationToken: token } }), 'environments')
    for (const item of asList(page.get('environments'), 'environments')) {
      const environment = asObject(item, 'environment')
      found.push({
        organization: text(environment, 'organization') || (organization ?? ''),
        project: text(environment, 'project'),
        environment: text(environment, 'name'),
      })
    }
    token = text(page, 'nextToken') || undefined
  } while (token !== undefined)
  return found
}

export async function createEnvironment(api: Api, name: EnvironmentName): Promise<void> {
  await api.send({
    method: 'POST',
    path: ['esc', 'environments', name.organization],
    body: JSON.stringify({ project: name.project, name: name.environment }),
  })
}

export interface ReadOptions {
  /** A revision number or tag; empty for the latest. */
  readonly version?: string
  /** With the secrets in plaintext. */
  readonly decrypt?: boolean
}

export async function readDefinition(
  api: Api,
  name: EnvironmentName,
  options: ReadOptions = {},
): Promise<Definition> {
  const version = options.version ? ['versions', options.version] : []
  const decrypt = options.decrypt ? ['decrypt'] : []
  const answer = await api.send({ path: environmentPath(name, ...version, ...decrypt) })
  return { text: answer.body.toString(), etag: answer.headers.etag ?? '' }
}

/** Replaces the definition; with an etag only if nobody else did in between. Refused definitions yield diagnostics. */
export async function updateDefinition(
  api: Api,
  name: EnvironmentName,
  { text: body, etag }: { readonly text: string; readonly etag?: string },
): Promise<Diagnostic[]> {
  return diagnosticsOf(async () => {
    const answer = await api.send({
      method: 'PATCH',
      path: environmentPath(name),
      headers: { ETag: etag || undefined },
      body,
    })
    return decodeDiagnostics(decodeBody(answer))
  })
}

export async function deleteEnvironment(api: Api, name: EnvironmentName): Promise<void> {
  await api.send({ method: 'DELETE', path: environmentPath(name) })
}

export interface CloneOptions {
  readonly preserveHistory: boolean
  readonly preserveAccess: boolean
  readonly preserveEnvironmentTags: boolean
  readonly preserveRevisionTags: boolean
}

export async function cloneEnvironment(
  api: Api,
  source: EnvironmentName,
  destination: { readonly project: string; readonly name: string } & CloneOptions,
): Promise<void> {
  const body = Object.fromEntries(
    Object.entries(destination).filter(([, value]) => value !== false && value !== ''),
  )
  await api.send({ method: 'POST', path: environmentPath(source, 'clone'), body: JSON.stringify(body) })
}

/** What a check gives; without environment when the definition could not be evaluated at all (http-api.md §5.1). */
export interface CheckResult {
  readonly environment: Environment | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Evaluates a text without calling any provider. */
export async function checkText(
  api: Api,
  organization: string,
  { text: body, showSecrets }: { readonly text: string; readonly showSecrets: boolean },
): Promise<CheckResult> {
  const call = {
    method: 'POST',
    path: ['esc', 'environments', organization, 'yaml', 'check'],
    query: { showSecrets },
    body,
  } as const
  try {
    const answer = await api.json(call)
    return {
      environment: isObject(answer) ? decodeEnvironment(answer) : undefined,
      diagnostics: decodeDiagnostics(answer ?? undefined),
    }
  } catch (error) {
    if (!isStatus(error, 400)) throw error
    return { environment: partialEnvironment(error.body), diagnostics: error.diagnostics }
  }
}

/** What could be evaluated of a definition with errors; some services leave it out. */
function partialEnvironment(body: Json | undefined): Environment | undefined {
  return isObject(body) && (body.has('properties') || body.has('exprs')) ? decodeEnvironment(body) : undefined
}

/** Runs a call whose refusal may be about the definition: then the findings are the result. */
export async function diagnosticsOf(call: () => Promise<Diagnostic[]>): Promise<Diagnostic[]> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof ApiFailure && error.diagnostics.length > 0) return [...error.diagnostics]
    throw error
  }
}
