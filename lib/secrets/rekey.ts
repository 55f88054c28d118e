/**
 * Replaces an organization's key while everything keeps running. A new key becomes current first; from then on nothing
 * is sealed with the old one, and what is left under it is sealed anew, a few rows at a time. Killed anywhere, it can be
 * run again. Retired keys stay: an editor may still hold a text from before.
 */
import { operator } from '@/lib/access/actor'
import { appendAudit } from '@/lib/audit'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { resealDefinition } from './ciphertext'
import { sealingKeyId } from './envelope'
import { insertKey, sealingKeys } from './keyring'
import { openSessionPlace, rotationStepPlace, webhookPlace } from './places'
import { openSealed, seal } from './seal'

const batchSize = 50

/** The rows that wait for a seal with the current key are locked first, so that nobody seals with the old one. */
async function advance(tx: Transaction, organizationId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ version: number }[]>`
    SELECT "version" FROM "OrganizationKey" WHERE "organizationId" = ${organizationId} FOR UPDATE`
  const where = { organizationId, retiredAt: null }
  await tx.organizationKey.updateMany({ where, data: { retiredAt: new Date() } })
  await insertKey(tx, organizationId, Math.max(0, ...rows.map((row) => row.version)) + 1)
  await appendAudit(tx, {
    actor: operator,
    organizationId,
    event: 'organization-rekeyed',
    description: 'Replaced the encryption key',
  })
}

interface RevisionKey {
  environmentId: string
  number: number
}

async function resealRevision(tx: Transaction, organizationId: string, key: RevisionKey): Promise<boolean> {
  const rows = await tx.$queryRaw<{ definition: string }[]>`
    SELECT "definition" FROM "Revision" WHERE "organizationId" = ${organizationId}
    AND "environmentId" = ${key.environmentId} AND "number" = ${key.number} FOR UPDATE`
  const before = rows[0]?.definition ?? ''
  const keys = await sealingKeys(tx, organizationId)
  const definition = resealDefinition(before, key.environmentId, keys)
  if (definition === before) return false
  await tx.revision.update({ where: { environmentId_number: key }, data: { definition } })
  return true
}

async function resealRevisions(organizationId: string): Promise<number> {
  let resealed = 0
  let cursor: RevisionKey | undefined
  for (;;) {
    const batch: RevisionKey[] = await database().revision.findMany({
      where: { organizationId },
      select: { environmentId: true, number: true },
      orderBy: [{ environmentId: 'asc' }, { number: 'asc' }],
      take: batchSize,
      ...(cursor && { cursor: { environmentId_number: cursor }, skip: 1 }),
    })
    for (const key of batch) {
      const changed = await withTransaction((tx) => resealRevision(tx, organizationId, key))
      if (changed) resealed += 1
    }
    cursor = batch.at(-1)
    if (batch.length < batchSize) return resealed
  }
}

type Outcome = 'resealed' | 'current' | 'unreadable'

async function resealOpenSession(tx: Transaction, organizationId: string, id: string): Promise<Outcome> {
  const session = await tx.openSession.findFirst({ where: { organizationId, id } })
  const { current } = await sealingKeys(tx, organizationId)
  if (session === null || sealingKeyId(session.sealed) === current.id) return 'current'
  const place = openSessionPlace(organizationId, id)
  const plaintext = await openSealed(tx, place, session.sealed).catch(() => undefined)
  if (plaintext === undefined) return 'unreadable'
  await tx.openSession.update({ where: { id }, data: { sealed: await seal(tx, place, plaintext) } })
  plaintext.fill(0)
  return 'resealed'
}

async function resealOpenSessions(organizationId: string): Promise<Outcome[]> {
  const where = { organizationId, closedAt: null, expiresAt: { gt: new Date() } }
  const sessions = await database().openSession.findMany({ where, select: { id: true } })
  const outcomes: Outcome[] = []
  for (const { id } of sessions) {
    outcomes.push(await withTransaction((tx) => resealOpenSession(tx, organizationId, id)))
  }
  return outcomes
}

async function resealDraft(tx: Transaction, organizationId: string, draft: DraftKey): Promise<void> {
  const where = { changeRequestId_number: draft }
  const row = await tx.changeRequestRevision.findUnique({ where, include: { changeRequest: true } })
  if (row === null || row.organizationId !== organizationId) return
  const keys = await sealingKeys(tx, organizationId)
  const definition = resealDefinition(row.definition, row.changeRequest.environmentId, keys)
  await tx.changeRequestRevision.update({ where, data: { definition } })
}

interface DraftKey {
  changeRequestId: string
  number: number
}

/** Versions of drafts never change, so reading and writing them in two steps loses nothing. */
async function resealDrafts(organizationId: string): Promise<void> {
  const drafts = await database().changeRequestRevision.findMany({
    where: { organizationId },
    select: { changeRequestId: true, number: true },
  })
  for (const draft of drafts) await withTransaction((tx) => resealDraft(tx, organizationId, draft))
}

const webhookColumns = ['sealedSecret', 'sealedPrevious'] as const

async function resealWebhook(tx: Transaction, organizationId: string, id: string): Promise<Outcome> {
  const rows = await tx.$queryRaw<Record<(typeof webhookColumns)[number], Uint8Array | null>[]>`
    SELECT "sealedSecret", "sealedPrevious" FROM "Webhook"
    WHERE "organizationId" = ${organizationId} AND "id" = ${id} FOR UPDATE`
  const { current } = await sealingKeys(tx, organizationId)
  const place = webhookPlace(organizationId, id)
  let outcome: Outcome = 'current'
  for (const column of webhookColumns) {
    const sealed = rows[0]?.[column] ?? null
    if (sealed === null || sealingKeyId(sealed) === current.id) continue
    const plaintext = await openSealed(tx, place, sealed).catch(() => undefined)
    if (plaintext === undefined) return 'unreadable'
    await tx.webhook.update({ where: { id }, data: { [column]: await seal(tx, place, plaintext) } })
    plaintext.fill(0)
    outcome = 'resealed'
  }
  return outcome
}

async function resealWebhooks(organizationId: string): Promise<Outcome[]> {
  const webhooks = await database().webhook.findMany({ where: { organizationId }, select: { id: true } })
  const outcomes: Outcome[] = []
  for (const { id } of webhooks) {
    outcomes.push(await withTransaction((tx) => resealWebhook(tx, organizationId, id)))
  }
  return outcomes
}

async function resealRotationStep(tx: Transaction, organizationId: string, id: string): Promise<Outcome> {
  const rows = await tx.$queryRaw<{ sealed: Uint8Array }[]>`
    SELECT "sealed" FROM "RotationStep" WHERE "organizationId" = ${organizationId} AND "id" = ${id} FOR UPDATE`
  const sealed = rows[0]?.sealed
  const { current } = await sealingKeys(tx, organizationId)
  if (sealed === undefined || sealingKeyId(sealed) === current.id) return 'current'
  const place = rotationStepPlace(organizationId, id)
  const plaintext = await openSealed(tx, place, sealed).catch(() => undefined)
  if (plaintext === undefined) return 'unreadable'
  await tx.rotationStep.update({ where: { id }, data: { sealed: await seal(tx, place, plaintext) } })
  plaintext.fill(0)
  return 'resealed'
}

async function resealRotationSteps(organizationId: string): Promise<Outcome[]> {
  const steps = await database().rotationStep.findMany({ where: { organizationId }, select: { id: true } })
  const outcomes: Outcome[] = []
  for (const { id } of steps) {
    outcomes.push(await withTransaction((tx) => resealRotationStep(tx, organizationId, id)))
  }
  return outcomes
}

/** How many rows were sealed anew. */
export interface RekeyReport {
  revisions: number
  openSessions: number
  webhooks: number
  rotationSteps: number
  /** Values that no key of the organization opens, so they were damaged before; they stay as they are. */
  unreadable: number
}

export async function rekeyOrganization(organizationId: string): Promise<RekeyReport> {
  await withTransaction((tx) => advance(tx, organizationId))
  const revisions = await resealRevisions(organizationId)
  await resealDrafts(organizationId)
  const sessions = await resealOpenSessions(organizationId)
  const webhooks = await resealWebhooks(organizationId)
  const steps = await resealRotationSteps(organizationId)
  return {
    revisions,
    openSessions: count(sessions, 'resealed'),
    webhooks: count(webhooks, 'resealed'),
    rotationSteps: count(steps, 'resealed'),
    unreadable: count([...sessions, ...webhooks, ...steps], 'unreadable'),
  }
}

function count(outcomes: readonly Outcome[], wanted: Outcome): number {
  return outcomes.filter((outcome) => outcome === wanted).length
}
