/**
 * Opening: evaluating for real, with the secrets and providers that the actor may use, now. Providers are called outside
 * any transaction; what they gave is stored, sealed, together with the record of it, or not given out at all (P2).
 */
import type { Actor } from '@/lib/access/actor'
import { type EnvironmentPermission, requireEnvironment, requireOrganization } from '@/lib/access/require'
import type { EnvironmentScope } from '@/lib/access/scopes'
import type { Standing } from '@/lib/access/standing'
import { appendAudit } from '@/lib/audit'
import { database, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import { type Diagnostic, type Evaluation, hasErrors, openDefinition as openText } from '@/lib/language'
import { decryptersFor } from './decrypters'
import { parseCached } from './definition-cache'
import { defaultOpenSeconds, longestOpenSeconds, surroundings } from './evaluation'
import { importLoader } from './loader'
import { storeSession } from './open-session'
import { isLatest } from './read'
import { record } from './record'
import { qualifiedName, unsavedName, type VersionedReference } from './reference'
import { loadRevision, resolveVersion } from './revision'
import type { OpenedCall } from './session-content'
import { refuseTooLarge } from './size'

export type { OpenedCall }

export interface OpenRequest extends VersionedReference {
  /** How long the session is wanted; capped by what grants allow. */
  durationSeconds?: number | undefined
  signal?: AbortSignal | undefined
}

export interface Opened {
  /** Names the session; good only for whoever opened it. */
  id: string
  expiresAt: string
  /** Warnings. */
  diagnostics: readonly Diagnostic[]
  calls: OpenedCall[]
}

/**
 * @throws Failure `diagnostics` when anything could not be opened (then nothing is stored), `not_found`, `forbidden`
 */
export async function openEnvironment(actor: Actor, request: OpenRequest): Promise<Opened> {
  const question = { ...request, scope: scopeFor(request.version) }
  const permission = await requireEnvironment(database(), actor, question)
  const { environment } = permission
  const seconds = sessionSeconds(request.durationSeconds, permission.maxOpenDurationSeconds)
  const { revision, evaluation } = await evaluate(actor, permission, { ...request, seconds })
  const result = { evaluation, seconds, name: qualifiedName(environment) }
  if (hasErrors(evaluation.diagnostics)) {
    await recordFailure(actor, environment, revision)
    throw new Failure('diagnostics', 'Bad Request: the environment could not be opened', {
      diagnostics: [...evaluation.diagnostics],
    })
  }
  return withTransaction(async (tx) => {
    // Providers may have taken their time: what counts is what the actor may do when the values are given out (A07).
    const now = await requireEnvironment(tx, actor, question)
    if (now.environment.id !== environment.id)
      throw new Failure('conflict', 'Conflict: the environment was replaced')
    const home = { organizationId: environment.organizationId, environmentId: environment.id, revision }
    const opened = await storeSession(tx, actor, { ...home, ...result })
    await record(tx, {
      actor,
      environment,
      event: 'environment-open',
      did: 'Opened the environment',
      data: { revision, session: opened.id, seconds, ...participantsOf(evaluation) },
    })
    return opened
  })
}

export interface OpenDefinitionRequest {
  organization: string
  definition: string
  durationSeconds?: number | undefined
  signal?: AbortSignal | undefined
}

/**
 * Opens a text that is not stored. Its identity tokens name `<yaml>`, not an environment.
 *
 * @throws Failure as {@link openEnvironment}, and `too_large`
 */
export async function openDefinition(actor: Actor, request: OpenDefinitionRequest): Promise<Opened> {
  refuseTooLarge(request.definition)
  const question = { organization: request.organization, scope: 'environment_yaml:open' } as const
  const standing = await requireOrganization(database(), actor, question)
  const seconds = sessionSeconds(request.durationSeconds, undefined)
  const decrypters = decryptersFor(standing)
  const evaluation = await openText({
    ...surroundings(actor, standing, seconds),
    name: unsavedName,
    definition: request.definition,
    loader: importLoader({ standing, scope: 'environment:open', decrypters }),
    decrypter: decrypters.ofAny(),
    ...(request.signal && { signal: request.signal }),
  })
  if (hasErrors(evaluation.diagnostics)) {
    const diagnostics = [...evaluation.diagnostics]
    throw new Failure('diagnostics', 'Bad Request: the definition could not be opened', { diagnostics })
  }
  return withTransaction(async (tx) => {
    const { organization } = await requireOrganization(tx, actor, question)
    const home = { organizationId: organization.id, environmentId: null, revision: null }
    const opened = await storeSession(tx, actor, { ...home, evaluation, seconds, name: unsavedName })
    await appendAudit(tx, {
      actor,
      organizationId: organization.id,
      event: 'environment-open',
      description: 'Opened a definition that is not stored',
      data: { session: opened.id, seconds, ...participantsOf(evaluation) },
    })
    return opened
  })
}

function scopeFor(version: string | undefined): EnvironmentScope {
  return isLatest(version) ? 'environment:open' : 'environment_version:open'
}

/** The least of what was asked, what the grants allow and what the product allows. */
function sessionSeconds(asked: number | undefined, allowed: number | undefined): number {
  return Math.max(
    1,
    Math.floor(Math.min(asked ?? defaultOpenSeconds, allowed ?? Infinity, longestOpenSeconds)),
  )
}

async function evaluate(
  actor: Actor,
  permission: EnvironmentPermission,
  { version, seconds, signal }: OpenRequest & { seconds: number },
): Promise<{ revision: number; evaluation: Evaluation }> {
  const { environment } = permission
  const { number, insteadOf } = await resolveVersion(database(), environment, version)
  const { definition } = await loadRevision(database(), environment, number)
  const name = qualifiedName(environment)
  const standing: Standing = permission
  const decrypters = decryptersFor(standing)
  const evaluation = await openText({
    ...surroundings(actor, standing, seconds),
    name,
    definition: parseCached({ environmentId: environment.id, revision: number, name }, definition),
    loader: importLoader({ standing, scope: 'environment:open', decrypters }),
    decrypter: decrypters.of(environment.id),
    revision: number,
    ...(signal && { signal }),
  })
  const diagnostics = [...retractionWarning(insteadOf, number), ...evaluation.diagnostics]
  return { revision: number, evaluation: { ...evaluation, diagnostics } }
}

function retractionWarning(insteadOf: number | undefined, revision: number): Diagnostic[] {
  if (insteadOf === undefined) return []
  const summary = `revision ${insteadOf} is retracted; revision ${revision} was opened in its place`
  return [{ severity: 'warning', code: 'import', summary }]
}

/** Which environments and providers gave values, for the audit log. */
function participantsOf({ environments, calls }: Evaluation) {
  return {
    imports: environments.slice(1).map(({ name, revision }) => `${name}#${revision ?? ''}`),
    providers: calls.map(({ provider, path }) => `${provider} ${path}`),
  }
}

async function recordFailure(actor: Actor, environment: Environment, revision: number): Promise<void> {
  await withTransaction((tx) =>
    record(tx, {
      actor,
      environment,
      event: 'environment-open-failed',
      did: 'Tried to open the environment',
      data: { revision },
    }),
  )
}
