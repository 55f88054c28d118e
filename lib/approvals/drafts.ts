/** Drafts: definitions that are proposed for an environment and not yet part of it (http-api.md §6.1). */
import type { Actor } from '@/lib/access/actor'
import { environmentNotFound, requireEnvironment } from '@/lib/access/require'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { type Author, authorOf } from '@/lib/environments/author'
import { requireEtag } from '@/lib/environments/etag'
import { lockEnvironment } from '@/lib/environments/lock'
import { type Opened, type OpenRequest, openText } from '@/lib/environments/open'
import { recordReading } from '@/lib/environments/readings'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { loadRevision } from '@/lib/environments/revision'
import { requireValid, sealDefinition } from '@/lib/environments/save'
import { refuseTooLarge } from '@/lib/environments/size'
import { Failure } from '@/lib/failure'
import type { ChangeRequest, ChangeRequestRevision, Environment } from '@/lib/generated/prisma/client'
import { refuseDecided, update } from './change-requests'
import { happened } from './timeline'

export interface DraftReference extends EnvironmentReference {
  id: string
}

export interface DraftSummary {
  id: string
  /** The number of the draft's newest version; the environment has numbers of its own. */
  latestRevision: number
}

export interface DraftText extends EnvironmentReference {
  definition: string
  /** Of what was edited: the environment's revision, or the draft's version; absent = whatever is there. */
  etag?: string | undefined
}

/** @throws Failure `too_large`, `etag_mismatch`, `diagnostics`, `not_found`, `forbidden` */
export async function createDraft(actor: Actor, text: DraftText): Promise<DraftSummary> {
  await checkText(actor, text)
  return withTransaction(async (tx) => {
    const environment = await writable(tx, actor, text)
    const latest = await loadRevision(tx, environment, environment.latestRevision)
    requireEtag(text.etag, latest.etag)
    const author = await writerOf(tx, actor)
    const { id: environmentId, organizationId } = environment
    const draft = await tx.changeRequest.create({
      data: {
        organizationId,
        environmentId,
        baseRevision: latest.number,
        createdById: author.id,
        createdByLogin: author.login,
        createdByName: author.name,
      },
    })
    await addVersion(tx, actor, { environment, draft, number: 1, definition: text.definition })
    const step = { what: 'created', did: 'Drafted a change of', revision: 1, data: { action: 'update' } }
    await happened(tx, actor, { request: draft, environment, kind: 'revision_added', ...step })
    return { id: draft.id, latestRevision: 1 }
  })
}

/**
 * Adds a version, based on what the environment is now. Gates that ask for it want it approved anew.
 *
 * @throws Failure `too_large`, `etag_mismatch`, `diagnostics`, `conflict` once it is decided, `not_found`, `forbidden`
 */
export async function updateDraft(actor: Actor, text: DraftText & { id: string }): Promise<DraftSummary> {
  await checkText(actor, text)
  return withTransaction(async (tx) => {
    const environment = await writable(tx, actor, text)
    const draft = await findDraft(tx, environment, text.id)
    refuseDecided(draft)
    requireEtag(text.etag, draftEtag(draft.id, draft.latestRevision))
    const number = draft.latestRevision + 1
    await addVersion(tx, actor, { environment, draft, number, definition: text.definition })
    await update(tx, draft, { latestRevision: number, baseRevision: environment.latestRevision })
    const step = { what: 'updated', did: 'Changed a draft of', revision: number }
    await happened(tx, actor, { request: draft, environment, kind: 'revision_added', ...step })
    return { id: draft.id, latestRevision: number }
  })
}

export interface DraftContent {
  definition: string
  etag: string
}

export interface DraftVersionReference extends DraftReference {
  /** Absent = the draft's newest version. */
  revision?: number | undefined
}

/** Recorded. @throws Failure `not_found`, `forbidden` */
export async function readDraft(actor: Actor, reference: DraftVersionReference): Promise<DraftContent> {
  const question = { ...reference, scope: 'environment:read' } as const
  const { environment } = await requireEnvironment(database(), actor, question)
  const { changeRequestId, number, definition } = await findVersion(environment, reference)
  await recordReading(actor, { environment, revision: null, changeRequest: `${changeRequestId}/${number}` })
  return { definition, etag: draftEtag(changeRequestId, number) }
}

/** Opens the draft as the environment that it proposes to become. @throws Failure as `openEnvironment` */
export async function openDraft(
  actor: Actor,
  request: DraftVersionReference & Pick<OpenRequest, 'durationSeconds' | 'withValues' | 'signal'>,
): Promise<Opened> {
  return openText(actor, { ...request, scope: 'environment:open' }, async (environment) => {
    const { definition } = await findVersion(environment, request)
    const event = 'environment-draft-open'
    return { definition, revision: null, event, data: { changeRequest: request.id } }
  })
}

function draftEtag(id: string, number: number): string {
  return `${id}/${number}`
}

async function checkText(actor: Actor, text: DraftText): Promise<void> {
  refuseTooLarge(text.definition)
  const permission = await requireEnvironment(database(), actor, { ...text, scope: 'environment:write' })
  await requireValid(actor, permission, text.definition)
}

async function writable(
  tx: Transaction,
  actor: Actor,
  reference: EnvironmentReference,
): Promise<Environment> {
  const { environment } = await requireEnvironment(tx, actor, { ...reference, scope: 'environment:write' })
  const locked = await lockEnvironment(tx, environment)
  if (!locked) throw environmentNotFound()
  return { ...environment, ...locked }
}

interface NewVersion {
  environment: Environment
  draft: ChangeRequest
  number: number
  definition: string
}

async function addVersion(
  tx: Transaction,
  actor: Actor,
  { environment, draft, number, definition }: NewVersion,
): Promise<void> {
  const author = await writerOf(tx, actor)
  await tx.changeRequestRevision.create({
    data: {
      organizationId: environment.organizationId,
      changeRequestId: draft.id,
      number,
      definition: await sealDefinition(tx, environment, definition),
      createdById: author.id,
      createdByLogin: author.login,
    },
  })
}

/** What a team's or an organization's token writes counts as written by its maker, who then does not approve it (A10). */
async function writerOf(tx: Transaction, actor: Actor): Promise<Author> {
  const author = authorOf(actor)
  if (author.id !== null || actor.principal.kind === 'operator') return author
  const token = await tx.accessToken.findUnique({ where: { id: actor.credential.id } })
  return { ...author, id: token?.createdById ?? null }
}

async function findDraft(tx: Transaction, environment: Environment, id: string): Promise<ChangeRequest> {
  const row = await tx.changeRequest.findFirst({
    where: {
      id,
      action: 'update',
      environmentId: environment.id,
      organizationId: environment.organizationId,
    },
  })
  if (!row) throw new Failure('not_found', 'Not Found: draft')
  return row
}

async function findVersion(
  environment: Environment,
  { id, revision }: Pick<DraftVersionReference, 'id' | 'revision'>,
): Promise<ChangeRequestRevision> {
  const draft = await findDraft(database(), environment, id)
  const row = await database().changeRequestRevision.findFirst({
    where: {
      changeRequestId: draft.id,
      organizationId: environment.organizationId,
      number: revision ?? draft.latestRevision,
    },
  })
  if (!row) throw new Failure('not_found', 'Not Found: draft')
  return row
}
