/**
 * Invitations: a link that is shown once, good once, for a while, and for one address. What it gives is read from its
 * row, so nothing in the link can be changed to get more (T22).
 */

import { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import { may } from '@/lib/access/authorize'
import { requireCovering } from '@/lib/access/covering'
import { requirePerson } from '@/lib/access/person'
import { requireOrganization } from '@/lib/access/require'
import type { OrganizationRole } from '@/lib/access/scopes'
import { randomText, sha256 } from '@/lib/access/secret-text'
import { loadStanding } from '@/lib/access/standing'
import { appendAudit } from '@/lib/audit'
import { config } from '@/lib/config'
import { database, type Prisma, type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { type MailResult, sendMail } from '@/lib/mail'
import { giftsOfChoice, lockMembership, type RoleChoice, roleColumns } from './members'
import { key } from './names'
import { giftsOfJoining } from './team-gifts'
import { findTeam, findTeamsById } from './teams'

export const invitationLifeDays = 14

export type NewInvitation = {
  organization: string
  /** Bound to this address; absent = anyone with the link. */
  email?: string
  /** Names of teams that the person will be in. */
  teams?: string[]
} & RoleChoice

export type InvitationStatus = 'pending' | 'accepted' | 'expired' | 'canceled'

export interface InvitationSummary {
  id: string
  email?: string
  role: OrganizationRole
  customRole?: { id: string; name: string }
  createdAt: string
  expiresAt: string
  status: InvitationStatus
}

export const withRole = { customRole: true, organization: true } satisfies Prisma.InvitationInclude

export type InvitationRow = Prisma.InvitationGetPayload<{ include: typeof withRole }>

export interface Invited {
  invitation: InvitationSummary
  /** Shown once. */
  link: string
  /** What became of the mail with the link; `off` also for a link that is bound to no address. */
  mail: MailResult
}

/**
 * Mails the link to its address where mail is set up.
 *
 * @throws Failure `invalid`, `conflict` for a member, `forbidden` also for roles and teams that give more than the actor has
 */
export async function invite(actor: Actor, input: NewInvitation): Promise<Invited> {
  requireLastingInviter(actor)
  const email = checkEmail(input.email)
  const secret = randomText(43)
  const row = await withTransaction(async (tx) => {
    const { organization: name } = input
    const permission = await requireOrganization(tx, actor, { organization: name, scope: 'invites:create' })
    const { organization, grants } = permission
    if (organization.kind === 'individual') {
      throw new Failure('conflict', 'An individual organization has its owner as its only member.')
    }
    requireCovering(grants, await giftsOfChoice(tx, organization.id, input))
    await requireNoMember(tx, organization.id, email)
    const teamIds: string[] = []
    for (const team of input.teams ?? []) {
      const found = await findTeam(tx, organization.id, team)
      requireCovering(grants, await giftsOfJoining(tx, found, actor))
      teamIds.push(found.id)
    }
    const created = await tx.invitation.create({
      data: {
        organizationId: organization.id,
        email,
        emailKey: key(email),
        ...(await roleColumns(tx, organization.id, input)),
        teamIds,
        hash: sha256(secret),
        createdById: inviterId(actor),
        expiresAt: lastDay(),
      },
      include: withRole,
    })
    await record(tx, actor, {
      row: created,
      event: 'organization-invite-sent',
      description: 'Invited somebody',
    })
    return created
  })
  return shown(actor, row, secret)
}

async function shown(actor: Actor, row: InvitationRow, secret: string): Promise<Invited> {
  const link = `${config().url}/invite/${secret}`
  return { invitation: summary(row), link, mail: await mailLink(actor, row, link) }
}

function inviterId({ principal }: Actor): string {
  return principal.kind === 'operator' ? 'operator' : principal.id
}

function lastDay(): Date {
  return new Date(Date.now() + invitationLifeDays * 86_400_000)
}

/** An invitation is worth what its sender is worth when it is accepted, so a token of nobody's cannot send one. */
function requireLastingInviter({ principal }: Actor): void {
  if (principal.kind === 'person' || principal.kind === 'operator') return
  throw new Failure('forbidden', 'Only a person can invite; sign in, or use a personal access token.')
}

/** After the commit: a mail cannot be taken back, and no transaction waits for a network. */
async function mailLink(actor: Actor, row: InvitationRow, link: string): Promise<MailResult> {
  if (row.email === '') return 'off'
  const inviter = actor.principal.kind === 'operator' ? 'OpenESC' : oneLine(actor.principal.name)
  const until = row.expiresAt.toISOString().slice(0, 10)
  const { name } = row.organization
  return sendMail({
    to: row.email,
    subject: `Invitation to ${name} on OpenESC`,
    text: `${inviter} invites you to the organization ${name}.\n\n${link}\n\nThe link is good once, until ${until}, for this address only.\n`,
  })
}

/** A name is free text and must not look like more of the message. */
function oneLine(name: string): string {
  return name
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, 100)
}

export async function listInvitations(
  actor: Actor,
  { organization }: { organization: string },
): Promise<InvitationSummary[]> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'invites:read' })
  const rows = await database().invitation.findMany({
    where: { organizationId: permission.organization.id },
    include: withRole,
    orderBy: { createdAt: 'desc' },
    take: 500,
  })
  return rows.map(summary)
}

/** @throws Failure `not_found` */
export async function readInvitation(
  actor: Actor,
  { organization, id }: { organization: string; id: string },
): Promise<InvitationSummary> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'invites:read' })
  const where = { id, organizationId: permission.organization.id }
  const row = await database().invitation.findFirst({ where, include: withRole })
  if (!row) throw invitationNotFound()
  return summary(row)
}

/**
 * Makes a new link in place of the old one, good for as long as the first was, and mails it. It is the actor's invitation
 * from then on: they must hold all that it gives.
 *
 * @throws Failure `not_found` also for invitations that were accepted or canceled, `forbidden`
 */
export async function resendInvitation(
  actor: Actor,
  { organization, id }: { organization: string; id: string },
): Promise<Invited> {
  requireLastingInviter(actor)
  const secret = randomText(43)
  const row = await withTransaction(async (tx) => {
    const permission = await requireOrganization(tx, actor, { organization, scope: 'invites:create' })
    const organizationId = permission.organization.id
    const where = { id, organizationId, acceptedAt: null, canceledAt: null }
    const before = await tx.invitation.findFirst({ where, include: withRole })
    if (!before) throw invitationNotFound()
    requireCovering(permission.grants, await giftsOfChoice(tx, organizationId, choiceOf(before)))
    for (const team of await findTeamsById(tx, organizationId, before.teamIds)) {
      requireCovering(permission.grants, await giftsOfJoining(tx, team, actor))
    }
    const data = { hash: sha256(secret), createdById: inviterId(actor), expiresAt: lastDay() }
    const { count } = await tx.invitation.updateMany({ where, data })
    if (count === 0) throw invitationNotFound()
    const row = { ...before, ...data }
    await record(tx, actor, { row, event: 'organization-invite-sent', description: 'Invited somebody again' })
    return row
  })
  return shown(actor, row, secret)
}

/** @throws Failure `not_found` also for invitations that have ended */
export async function cancelInvitation(
  actor: Actor,
  { organization, id }: { organization: string; id: string },
): Promise<void> {
  await withTransaction(async (tx) => {
    const permission = await requireOrganization(tx, actor, { organization, scope: 'invites:create' })
    const where = { id, organizationId: permission.organization.id, acceptedAt: null, canceledAt: null }
    const { count } = await tx.invitation.updateMany({ where, data: { canceledAt: new Date() } })
    if (count === 0) throw new Failure('not_found', 'Not Found: invitation')
    const row = await tx.invitation.findUniqueOrThrow({ where: { id }, include: withRole })
    await record(tx, actor, {
      row,
      event: 'organization-invite-canceled',
      description: 'Canceled an invitation',
    })
  })
}

/** What the page of a link shows before it is accepted. */
export interface InvitationPreview {
  organization: string
  role: string
  email?: string
  expiresAt: string
}

/** @returns undefined when the link is unknown or has ended, whatever the reason */
export async function previewInvitation(secret: string): Promise<InvitationPreview | undefined> {
  const row = await database().invitation.findUnique({ where: { hash: sha256(secret) }, include: withRole })
  if (!row || statusOf(row) !== 'pending') return undefined
  return {
    organization: row.organization.name,
    role: row.customRole?.name ?? row.role,
    ...(row.email !== '' && { email: row.email }),
    expiresAt: row.expiresAt.toISOString(),
  }
}

/**
 * Makes the actor a member.
 *
 * @returns the organization's name
 * @throws Failure `not_found` for links that do not work, whatever the reason; `forbidden` for another person than the
 *   one invited; `conflict` for members
 */
export async function acceptInvitation(
  actor: Actor,
  { secret }: { secret: string },
): Promise<{ organization: string }> {
  const person = requirePerson(actor)
  if (actor.credential.kind !== 'session') throw new Failure('forbidden', 'Sign in to accept an invitation.')
  return withTransaction((tx) => enterByInvitation(tx, actor, { secret, personId: person.id }))
}

/** The part of accepting that registering shares; `actor` is the person themselves. */
export async function enterByInvitation(
  tx: Transaction,
  actor: Actor,
  { secret, personId }: { secret: string; personId: string },
): Promise<{ organization: string }> {
  const found = await tx.invitation.findUnique({ where: { hash: sha256(secret) } })
  if (!found) throw invitationNotFound()
  return enter(tx, actor, { found, personId })
}

/** The way every invitation goes once it is found; who shows no secret of it must be its addressee beyond doubt. */
export async function enter(
  tx: Transaction,
  actor: Actor,
  { found, personId }: { found: { id: string; organizationId: string }; personId: string },
): Promise<{ organization: string }> {
  await lockMembership(tx, found.organizationId)
  const row = await spend(tx, found.id, personId)
  await requireAddressee(tx, row, personId)
  await requireInviterStillMay(tx, row)
  await join(tx, row, personId)
  await record(tx, actor, {
    row,
    event: 'organization-invite-accepted',
    description: 'Accepted an invitation',
  })
  await record(tx, actor, { row, event: 'member-added', description: 'Joined by an invitation' })
  return { organization: row.organization.name }
}

/** One conditional update decides: of two who accept at once exactly one finds it pending (T18). */
async function spend(tx: Transaction, id: string, personId: string): Promise<InvitationRow> {
  const now = new Date()
  const { count } = await tx.invitation.updateMany({
    where: { id, acceptedAt: null, canceledAt: null, expiresAt: { gt: now } },
    data: { acceptedAt: now, acceptedById: personId },
  })
  if (count === 0) throw invitationNotFound()
  return tx.invitation.findUniqueOrThrow({ where: { id }, include: withRole })
}

async function requireAddressee(tx: Transaction, row: InvitationRow, personId: string): Promise<void> {
  if (row.email === '') return
  const { emailKey } = await tx.person.findUniqueOrThrow({ where: { id: personId } })
  if (emailKey !== row.emailKey) {
    throw new Failure('forbidden', 'This invitation is for another e-mail address.')
  }
}

/** An invitation is worth what its sender is worth now (T19, T22). */
async function requireInviterStillMay(tx: Transaction, row: InvitationRow): Promise<void> {
  if (row.createdById === 'operator') return
  const inviter = await tx.member.findFirst({
    where: { organizationId: row.organizationId, personId: row.createdById },
    include: { person: true },
  })
  if (!inviter) throw invitationNotFound()
  const { id, login, name } = inviter.person
  const asInviter: Actor = {
    principal: { kind: 'person', id, login, name },
    credential: { kind: 'session', id: '', name: 'invitation' },
    address: '',
    requestId: '',
  }
  const standing = await loadStanding(tx, asInviter, { id: row.organizationId })
  if (!standing) throw invitationNotFound()
  requireCovering(standing.grants, await giftsOfChoice(tx, row.organizationId, choiceOf(row)))
  for (const team of await findTeamsById(tx, row.organizationId, row.teamIds)) {
    requireCovering(standing.grants, await giftsOfJoining(tx, team, asInviter))
  }
  if (!may(standing.grants, 'invites:create').allowed) throw invitationNotFound()
}

async function join(tx: Transaction, row: InvitationRow, personId: string): Promise<void> {
  const { organizationId, role, roleId } = row
  const existing = await tx.member.findUnique({
    where: { organizationId_personId: { organizationId, personId } },
  })
  if (existing) throw new Failure('conflict', 'You are a member already.')
  await tx.member.create({ data: { organizationId, personId, role, roleId } })
  const teams = await findTeamsById(tx, organizationId, row.teamIds)
  await tx.teamMember.createMany({ data: teams.map(({ id }) => ({ teamId: id, personId })) })
}

function choiceOf({ role, roleId }: InvitationRow): RoleChoice {
  return roleId === null ? { role } : { roleId }
}

async function requireNoMember(tx: Transaction, organizationId: string, email: string): Promise<void> {
  if (email === '') return
  const member = await tx.member.findFirst({ where: { organizationId, person: { emailKey: key(email) } } })
  if (member) throw new Failure('conflict', 'This person is a member already.', { field: 'email' })
}

function checkEmail(email: string | undefined): string {
  if (email === undefined) return ''
  if (email.length <= 254 && z.email().safeParse(email).success) return email
  throw new Failure('invalid', 'Enter an e-mail address.', { field: 'email' })
}

interface Entry {
  row: InvitationRow
  event: string
  description: string
}

function record(tx: Transaction, actor: Actor, { row, event, description }: Entry): Promise<void> {
  return appendAudit(tx, {
    actor,
    organizationId: row.organizationId,
    event,
    description,
    data: { invitationId: row.id, email: row.email, role: row.customRole?.name ?? row.role },
  })
}

export function invitationNotFound(): Failure {
  return new Failure('not_found', 'Not Found: invitation')
}

function statusOf({ acceptedAt, canceledAt, expiresAt }: InvitationRow): InvitationStatus {
  if (acceptedAt) return 'accepted'
  if (canceledAt) return 'canceled'
  return expiresAt.getTime() > Date.now() ? 'pending' : 'expired'
}

export function summary(row: InvitationRow): InvitationSummary {
  return {
    id: row.id,
    ...(row.email !== '' && { email: row.email }),
    role: row.role,
    ...(row.customRole && { customRole: { id: row.customRole.id, name: row.customRole.name } }),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    status: statusOf(row),
  }
}
