/** The sealed result of an open: readable by who opened it, while they may open, until it expires or is closed. */
import { randomBytes } from 'node:crypto'
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment, requireOrganization } from '@/lib/access/require'
import { appendAudit, type RecordedEffect, recordUnlessLately } from '@/lib/audit'
import {
  database,
  Prisma,
  type Statements,
  type Transaction,
  withStatements,
  withTransaction,
} from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment, OpenSession } from '@/lib/generated/prisma/client'
import { type Evaluation, type ExportedValue, parsePropertyPath } from '@/lib/language'
import { openSealed, openSessionPlace, type PresumedKey, seal, sealPresumed } from '@/lib/secrets'
import type { Opened } from './open'
import { record } from './record'
import type { EnvironmentReference } from './reference'
import { decodeContent, encodeContent, type OpenedCall, type SessionContent } from './session-content'
import { valueAt } from './value-at'

export interface NewSession {
  organizationId: string
  /** Null for a definition that is not stored. */
  environmentId: string | null
  revision: number | null
  name: string
  evaluation: Evaluation
  seconds: number
  withValues: boolean | undefined
}

/** What was opened, on its way to be stored. */
export interface PreparedSession extends Pick<NewSession, 'organizationId' | 'environmentId' | 'revision'> {
  actor: Actor
  opened: Opened
  expiresAt: Date
  content: SessionContent
}

export function prepareSession(actor: Actor, session: NewSession): PreparedSession {
  const { organizationId, environmentId, revision, name, evaluation, seconds, withValues } = session
  const id = randomBytes(20).toString('hex')
  const calls = callsOf(evaluation)
  const expiresAt = new Date(Date.now() + seconds * 1000)
  const content = { name, properties: evaluation.environment?.properties ?? {}, calls }
  const { diagnostics } = evaluation
  return {
    actor,
    organizationId,
    environmentId,
    revision,
    opened: {
      id,
      revision,
      expiresAt: expiresAt.toISOString(),
      diagnostics,
      calls,
      ...(withValues && { content }),
    },
    expiresAt,
    content,
  }
}

/** Part of opening: the caller has decided about permission and records it in the same transaction. */
export async function storeSession(tx: Statements, prepared: PreparedSession): Promise<void> {
  const sealed = await sealedContent(prepared, (place, plaintext) => seal(tx, place, plaintext))
  await tx.$executeRaw(sessionInsert(prepared, sealed))
}

/** {@link storeSession} as what `recordWith` records. Nothing is stored when `key` is not the current one any more. */
export async function storedWith(
  prepared: PreparedSession,
  key: PresumedKey,
  given: Prisma.Sql,
): Promise<RecordedEffect> {
  const sealed = await sealedContent(prepared, async (place, plaintext) =>
    sealPresumed(key, place, plaintext),
  )
  return {
    given: Prisma.sql`SELECT FROM (${given}) given, (${key.isCurrent}) key`,
    effect: Prisma.sql`${sessionInsert(prepared, sealed)} FROM link`,
  }
}

type Sealed = Uint8Array<ArrayBuffer>

async function sealedContent(
  { organizationId, opened, content }: PreparedSession,
  sealAt: (place: ReturnType<typeof openSessionPlace>, plaintext: Buffer) => Promise<Sealed>,
): Promise<Sealed> {
  const plaintext = encodeContent(content)
  const sealed = await sealAt(openSessionPlace(organizationId, opened.id), plaintext)
  plaintext.fill(0)
  return sealed
}

function sessionInsert({ actor, opened, expiresAt, ...home }: PreparedSession, sealed: Sealed): Prisma.Sql {
  const { organizationId, environmentId, revision } = home
  const { personId, accessTokenId } = openerOf(actor)
  return Prisma.sql`
    INSERT INTO "OpenSession" ("id", "organizationId", "environmentId", "revision", "personId", "accessTokenId", "sealed",
      "expiresAt")
    SELECT ${opened.id}, ${organizationId}, ${environmentId}, ${revision}::int, ${personId}, ${accessTokenId},
      ${sealed}::bytea, ${expiresAt}::timestamptz`
}

function callsOf({ calls }: Evaluation): OpenedCall[] {
  return calls
    .filter(({ status }) => status === 'opened')
    .map(({ provider, environment, path, expiresAt }) => ({
      provider,
      environment,
      path,
      ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    }))
}

/** A person keeps their sessions across tokens; a machine token's sessions are its own. */
function openerOf({ principal, credential }: Actor): {
  personId: string | null
  accessTokenId: string | null
} {
  return principal.kind === 'person'
    ? { personId: principal.id, accessTokenId: null }
    : { personId: null, accessTokenId: credential.id }
}

export interface SessionReference extends EnvironmentReference {
  id: string
}

export interface ReadSession extends SessionContent {
  revision: number | null
  expiresAt: string
}

/** @throws Failure `not_found` when it is somebody else's, closed or expired; `forbidden` when the right is gone */
export async function readOpenSession(
  actor: Actor,
  { id, ...reference }: SessionReference,
): Promise<ReadSession> {
  const found = await findSession(database(), actor, { id, ...reference })
  await recordSessionReading(actor, found)
  return unseal(found.session)
}

/** One value of a session. @throws Failure `invalid` for a malformed path, `not_found` */
export async function readOpenProperty(
  actor: Actor,
  { property, ...session }: SessionReference & { property: string },
): Promise<{ name: string; value: ExportedValue }> {
  return propertyOf(await readOpenSession(actor, session), property)
}

/** {@link readOpenSession} for a definition that is not stored. */
export async function readAnonymousSession(
  actor: Actor,
  session: { organization: string; id: string },
): Promise<ReadSession> {
  const found = await findAnonymousSession(database(), actor, session)
  await recordSessionReading(actor, { session: found })
  return unseal(found)
}

/** {@link readOpenProperty} for a definition that is not stored. */
export async function readAnonymousProperty(
  actor: Actor,
  { property, ...session }: { organization: string; id: string; property: string },
): Promise<{ name: string; value: ExportedValue }> {
  return propertyOf(await readAnonymousSession(actor, session), property)
}

/** The values are gone for good. @throws Failure `not_found` */
export async function closeOpenSession(actor: Actor, session: SessionReference): Promise<void> {
  await withTransaction(async (tx) => {
    const { id, organizationId } = (await findSession(tx, actor, session)).session
    await tx.openSession.delete({ where: { id, organizationId } })
  })
}

interface FoundSession {
  session: OpenSession
  /** Absent for a definition that is not stored. */
  environment?: Environment
}

/** Once in a while for each session, before its values are given out. */
function recordSessionReading(actor: Actor, { session, environment }: FoundSession): Promise<void> {
  const { id, organizationId, revision } = session
  const event = environment && revision === null ? 'environment-draft-read-open' : 'environment-read-open'
  const did = 'Read what was opened of'
  const data = { session: id, ...(revision !== null && { revision }) }
  return recordUnlessLately([event, id, actor.credential.id, actor.address], () =>
    withStatements((tx) =>
      environment
        ? record(tx, { actor, environment, event, did, data })
        : appendAudit(tx, {
            actor,
            organizationId,
            event,
            description: `${did} a definition that is not stored`,
            data,
          }),
    ),
  )
}

async function findSession(
  tx: Transaction,
  actor: Actor,
  { id, ...reference }: SessionReference,
): Promise<FoundSession & { environment: Environment }> {
  const { environment } = await requireEnvironment(tx, actor, { ...reference, scope: 'environment:open' })
  const { organizationId, id: environmentId } = environment
  return { environment, session: await ownSession(tx, actor, { id, organizationId, environmentId }) }
}

async function findAnonymousSession(
  tx: Transaction,
  actor: Actor,
  { id, organization }: { organization: string; id: string },
): Promise<OpenSession> {
  const permission = await requireOrganization(tx, actor, { organization, scope: 'environment_yaml:open' })
  return ownSession(tx, actor, { id, organizationId: permission.organization.id, environmentId: null })
}

async function ownSession(
  tx: Transaction,
  actor: Actor,
  where: Prisma.OpenSessionWhereInput,
): Promise<OpenSession> {
  const row = await tx.openSession.findFirst({
    where: { ...where, ...openerOf(actor), closedAt: null, expiresAt: { gt: new Date() } },
  })
  if (!row) throw new Failure('not_found', 'Not Found: open session')
  return row
}

async function unseal({
  id,
  organizationId,
  revision,
  expiresAt,
  sealed,
}: OpenSession): Promise<ReadSession> {
  const plaintext = await openSealed(database(), openSessionPlace(organizationId, id), sealed)
  const content = decodeContent(plaintext)
  plaintext.fill(0)
  return { ...content, revision, expiresAt: expiresAt.toISOString() }
}

function propertyOf({ name, properties }: SessionContent, property: string) {
  const parsed = parsePropertyPath(property)
  if (!parsed.ok) throw new Failure('invalid', `Bad Request: invalid property path: ${parsed.message}`)
  const value = valueAt(properties, parsed.path)
  if (value === undefined) throw new Failure('not_found', 'Not Found: path')
  return { name, value }
}
