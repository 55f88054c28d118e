/**
 * Opening: evaluating for real, with the secrets and providers that the actor may use, now. Providers are called outside
 * any transaction; what they gave is stored, sealed, together with the record of it, or not given out at all (P2).
 */
import type { Actor } from '@/lib/access/actor'
import { startAccess } from '@/lib/access/open-access'
import { isRecorded } from '@/lib/access/refused'
import { type EnvironmentPermission, requireEnvironment, requireOrganization } from '@/lib/access/require'
import { unchangedStanding } from '@/lib/access/standing'
import { appendAudit } from '@/lib/audit'
import { database, withOneStatement, withStatements } from '@/lib/db'
import { Failure, isFailure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import {
  type Definition,
  type Diagnostic,
  type Evaluation,
  openDefinition as evaluateText,
  hasErrors,
} from '@/lib/language'
import { presumedKey } from '@/lib/secrets'
import { decryptersFor } from './decrypters'
import { parseCached } from './definition-cache'
import { defaultOpenSeconds, longestOpenSeconds, surroundings } from './evaluation'
import { importLoader } from './loader'
import { type PreparedSession, prepareSession, storedWith, storeSession } from './open-session'
import { hasProviderEvents, recordProviderEvents } from './provider-events'
import { isLatest } from './read'
import { type EnvironmentRecord, record, recordWith } from './record'
import { isRevisionTag, qualifiedName, unsavedName, type VersionedReference } from './reference'
import { resolveVersion } from './revision'
import { revisionText } from './revision-texts'
import type { OpenedCall, SessionContent } from './session-content'
import { refuseTooLarge } from './size'

export type { OpenedCall }

export interface OpenRequest extends VersionedReference {
  /** How long the session is wanted; capped by what grants allow. */
  durationSeconds?: number | undefined
  /** The values are wanted with the answer, and need not be read from the session. */
  withValues?: boolean | undefined
  signal?: AbortSignal | undefined
}

export interface Opened {
  /** Names the session; good only for whoever opened it. */
  id: string
  /** Null for a text that is no revision. */
  revision: number | null
  expiresAt: string
  /** Warnings. */
  diagnostics: readonly Diagnostic[]
  calls: OpenedCall[]
  /** Present when it was asked for `withValues`. */
  content?: SessionContent
}

/**
 * @throws Failure `diagnostics` when anything could not be opened (then nothing is stored), `not_found`, `forbidden`
 */
export async function openEnvironment(actor: Actor, request: OpenRequest): Promise<Opened> {
  const scope = isLatest(request.version) ? 'environment:open' : 'environment_version:open'
  return openText(actor, { ...request, scope }, async (environment) => {
    const { number, insteadOf } = await resolveVersion(database(), environment, request.version)
    const { definition } = await revisionText(environment, number)
    const key = { environmentId: environment.id, revision: number, name: qualifiedName(environment) }
    return {
      definition: parseCached(key, definition),
      revision: number,
      warnings: retractionWarning(insteadOf, number),
      ...(isRevisionTag(request.version) && {
        event: 'environment-revision-tag-open' as const,
        data: { tag: request.version },
      }),
    }
  })
}

/** A text of an environment that is to be opened as that environment. */
export interface OpenedText {
  definition: string | Definition
  /** Null for a text that is no revision. */
  revision: number | null
  warnings?: readonly Diagnostic[]
  /** Absent = `environment-open`. */
  event?: 'environment-draft-open' | 'environment-revision-tag-open'
  /** What the record says beside the revision. */
  data?: { [key: string]: string }
}

export interface OpenTextRequest extends OpenRequest {
  scope: 'environment:open' | 'environment_version:open'
}

/**
 * The way every opening as an environment goes; the text is found once permission is decided.
 *
 * @throws Failure as {@link openEnvironment}
 */
export async function openText(
  actor: Actor,
  request: OpenTextRequest,
  find: (environment: Environment) => Promise<OpenedText>,
): Promise<Opened> {
  const permission = await requireEnvironment(database(), actor, request).catch((error: unknown) =>
    refuseOpen(actor, request, error),
  )
  const { environment } = permission
  const asked = sessionSeconds(request.durationSeconds, permission.maxOpenDurationSeconds)
  const text = await find(environment)
  const { evaluation, seconds } = await evaluate(actor, permission, {
    ...text,
    seconds: asked,
    signal: request.signal,
  })
  const data = { ...text.data, revision: text.revision, seconds }
  if (hasErrors(evaluation.diagnostics)) {
    await recordFailure({ actor, environment, evaluation, data })
    throw new Failure('diagnostics', 'Bad Request: the environment could not be opened', {
      diagnostics: [...evaluation.diagnostics],
    })
  }
  return storeOpened({ actor, request, environment, evaluation, text, data, seconds })
}

interface OpenedEnvironment {
  actor: Actor
  request: OpenTextRequest
  environment: Environment
  evaluation: Evaluation
  text: OpenedText
  data: { [key: string]: string | number | null }
  seconds: number
}

/** Providers may have taken their time: what counts is what the actor may do when the values are given out (A07). */
async function storeOpened(result: OpenedEnvironment): Promise<Opened> {
  const { actor, request, environment, evaluation, text, seconds } = result
  const session = prepareSession(actor, {
    organizationId: environment.organizationId,
    environmentId: environment.id,
    revision: text.revision,
    name: qualifiedName(environment),
    evaluation,
    seconds,
    withValues: request.withValues,
  })
  const { event = 'environment-open' } = text
  const data = {
    ...result.data,
    session: session.opened.id,
    ...(request.withValues && { read: true }),
    ...participantsOf(evaluation),
  }
  const done = { actor, environment, event, did: 'Opened the environment', data }
  if (!(await storeAtOnce(result, session, done))) await storeInTurn(result, session, done)
  return session.opened
}

/** @returns whether it was stored: where nothing changed since permission was decided, one statement knows and does all */
async function storeAtOnce(
  { actor, request, environment, evaluation }: OpenedEnvironment,
  session: PreparedSession,
  done: EnvironmentRecord,
): Promise<boolean> {
  const unchanged = unchangedStanding(actor, request)
  const key = presumedKey(environment.organizationId)
  if (!unchanged || !key || hasProviderEvents(evaluation)) return false
  const recorded = await storedWith(session, key, unchanged)
  return withOneStatement((db) => recordWith(db, done, recorded))
}

async function storeInTurn(
  { actor, request, environment, evaluation }: OpenedEnvironment,
  session: PreparedSession,
  done: EnvironmentRecord,
): Promise<void> {
  await withStatements(async (tx) => {
    const now = await requireEnvironment(tx, actor, request)
    if (now.environment.id !== environment.id) {
      throw new Failure('conflict', 'Conflict: the environment was replaced')
    }
    await startAccess(tx, now.grants, [environment.id])
    await storeSession(tx, session)
    await record(tx, done)
    await recordProviderEvents(tx, { actor, organizationId: environment.organizationId, evaluation })
  })
}

/** Who sees an environment and tries to open it without the right is remembered (console.md §14). */
async function refuseOpen(actor: Actor, request: OpenTextRequest, error: unknown): Promise<never> {
  if (isFailure(error) && (error.code === 'forbidden' || error.code === 'approval_needed')) {
    const data = { code: error.code }
    await withStatements(async (tx) => {
      const question = { ...request, scope: 'environment:list' } as const
      const { environment } = await requireEnvironment(tx, actor, question)
      const event = 'environment-unauthorized-open'
      await record(tx, { actor, environment, event, did: 'Was refused to open', data })
    })
    isRecorded(error)
  }
  throw error
}

export interface OpenDefinitionRequest {
  organization: string
  definition: string
  durationSeconds?: number | undefined
  withValues?: boolean | undefined
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
  let seconds = sessionSeconds(request.durationSeconds, undefined)
  const limited = (limit: number) => {
    seconds = Math.min(seconds, limit)
  }
  const decrypters = decryptersFor(standing, limited)
  const evaluation = await evaluateText({
    ...surroundings(actor, standing, seconds),
    name: unsavedName,
    definition: request.definition,
    loader: importLoader({ standing, scope: 'environment:open', decrypters, limited }),
    decrypter: decrypters.ofAny(),
    ...(request.signal && { signal: request.signal }),
  })
  if (hasErrors(evaluation.diagnostics)) {
    await withStatements((tx) =>
      recordProviderEvents(tx, { actor, organizationId: standing.organization.id, evaluation }),
    )
    const diagnostics = [...evaluation.diagnostics]
    throw new Failure('diagnostics', 'Bad Request: the definition could not be opened', { diagnostics })
  }
  return withStatements(async (tx) => {
    const { organization } = await requireOrganization(tx, actor, question)
    const home = { organizationId: organization.id, environmentId: null, revision: null }
    const { withValues } = request
    const session = prepareSession(actor, { ...home, evaluation, seconds, name: unsavedName, withValues })
    await storeSession(tx, session)
    const { opened } = session
    await appendAudit(tx, {
      actor,
      organizationId: organization.id,
      event: 'environment-open',
      description: 'Opened a definition that is not stored',
      data: {
        session: opened.id,
        seconds,
        ...(withValues && { read: true }),
        ...participantsOf(evaluation),
      },
    })
    await recordProviderEvents(tx, { actor, organizationId: organization.id, evaluation })
    return opened
  })
}

/** The least of what was asked, what the grants allow and what the product allows. */
function sessionSeconds(asked: number | undefined, allowed: number | undefined): number {
  return Math.max(
    1,
    Math.floor(Math.min(asked ?? defaultOpenSeconds, allowed ?? Infinity, longestOpenSeconds)),
  )
}

interface EvaluatedText extends OpenedText {
  seconds: number
  signal: AbortSignal | undefined
}

/** @returns also how long the result may live: no longer than what any import gives */
async function evaluate(
  actor: Actor,
  standing: EnvironmentPermission,
  { definition, revision, warnings = [], seconds: asked, signal }: EvaluatedText,
): Promise<{ evaluation: Evaluation; seconds: number }> {
  const { environment } = standing
  let seconds = asked
  const limited = (limit: number) => {
    seconds = Math.min(seconds, limit)
  }
  const decrypters = decryptersFor(standing)
  const evaluation = await evaluateText({
    ...surroundings(actor, standing, asked),
    name: qualifiedName(environment),
    definition,
    loader: importLoader({ standing, scope: 'environment:open', decrypters, limited }),
    decrypter: decrypters.of(environment.id),
    ...(revision !== null && { revision }),
    ...(signal && { signal }),
  })
  return { evaluation: { ...evaluation, diagnostics: [...warnings, ...evaluation.diagnostics] }, seconds }
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

interface FailedOpen {
  actor: Actor
  environment: Environment
  evaluation: Evaluation
  data: { [key: string]: string | number | null }
}

async function recordFailure({ actor, environment, evaluation, data }: FailedOpen): Promise<void> {
  const event = 'environment-open-failed'
  const { organizationId } = environment
  await withStatements(async (tx) => {
    await record(tx, { actor, environment, event, did: 'Tried to open the environment', data })
    await recordProviderEvents(tx, { actor, organizationId, evaluation })
  })
}
