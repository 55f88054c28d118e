/**
 * Signing in by an OpenID Connect provider. Who somebody is, is the provider and its subject, never an address (T15).
 * Nobody comes in uninvited: a new person needs an invitation to their verified address, or a group that a team names.
 */
import { z } from 'zod'
import { operator } from '@/lib/access/actor'
import { type Origin, personActor } from '@/lib/access/person'
import { beginSession, type SignedIn } from '@/lib/access/signin'
import { appendAudit } from '@/lib/audit'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Person } from '@/lib/generated/prisma/client'
import { explainTaken, insertPerson } from './create'
import { key, loginProblem } from './names'

/** What the provider's verified ID token says. */
export const claimsSchema = z.object({
  iss: z.string().min(1).max(500),
  sub: z.string().min(1).max(500),
  email: z.email().max(254).optional(),
  email_verified: z.boolean().optional(),
  name: z.string().max(200).optional(),
  preferred_username: z.string().max(200).optional(),
  groups: z.array(z.string().max(200)).max(1000).optional(),
})

export type Claims = z.output<typeof claimsSchema>

export interface SignInByIdentity extends Origin {
  userAgent: string
  /** The person whom this browser is signed in as already. */
  signedInAs?: string | undefined
}

/**
 * @throws Failure `unauthenticated` for a disabled person; `forbidden` with `details.field` = `not_invited` for somebody
 *   new, or `link_required` when the address belongs to a person who must sign in and link first
 */
export async function signInByIdentity(claims: Claims, from: SignInByIdentity): Promise<SignedIn> {
  const person =
    (await findKnown(claims)) ?? (await linkByAddress(claims, from)) ?? (await comeIn(claims, from))
  if (person.disabledAt !== null) throw new Failure('unauthenticated', 'This person may not sign in.')
  await withTransaction((tx) => followGroups(tx, person, claims))
  return beginSession(person, { ...from, credentialName: 'single sign-on' })
}

async function findKnown({ iss, sub }: Claims): Promise<Person | undefined> {
  const identity = await database().externalIdentity.findUnique({
    where: { issuer_subject: { issuer: iss, subject: sub } },
    include: { person: true },
  })
  return identity?.person
}

/**
 * Links only when the browser is signed in as the address's owner, or when both sides have verified the address and no
 * provider speaks for the person yet: an unverified address of ours could have been set by somebody else in wait for its
 * owner, and one provider's word must not take over who signs in by another.
 */
async function linkByAddress(claims: Claims, { signedInAs }: SignInByIdentity): Promise<Person | undefined> {
  const address = verifiedAddress(claims)
  if (address === undefined) return undefined
  const person = await database().person.findUnique({
    where: { emailKey: key(address) },
    include: { identities: { take: 1 } },
  })
  if (!person) return undefined
  const isFree = person.emailVerifiedAt !== null && person.identities.length === 0
  if (!isFree && person.id !== signedInAs) {
    throw new Failure('forbidden', 'Sign in as you did before, then link this provider.', {
      field: 'link_required',
    })
  }
  await withTransaction((tx) => insertIdentity(tx, person.id, claims))
  return person
}

async function comeIn(claims: Claims, { address, requestId }: Origin): Promise<Person> {
  const email = verifiedAddress(claims)
  if (email === undefined || !(await isExpected(claims, email))) {
    throw new Failure('forbidden', 'Ask an administrator for an invitation.', { field: 'not_invited' })
  }
  const login = await freeLogin(claims.preferred_username ?? email)
  const name = claims.name?.trim() || login
  const actorFor = (id: string) =>
    personActor({ id, login, name }, operator.credential, { address, requestId })
  try {
    return await withTransaction(async (tx) => {
      const id = await insertPerson(tx, actorFor, { login, name, email })
      await insertIdentity(tx, id, claims)
      return tx.person.update({ where: { id }, data: { emailVerifiedAt: new Date() } })
    })
  } catch (error) {
    throw explainTaken(error, { organization: 'login' })
  }
}

function verifiedAddress({ email, email_verified }: Claims): string | undefined {
  return email_verified === true ? email : undefined
}

/** An open invitation to the address, or a team for one of the groups. */
async function isExpected({ iss, groups = [] }: Claims, email: string): Promise<boolean> {
  const invitation = await database().invitation.findFirst({
    where: { emailKey: key(email), acceptedAt: null, canceledAt: null, expiresAt: { gt: new Date() } },
  })
  if (invitation) return true
  const team = await database().teamGroup.findFirst({
    where: { issuer: { in: formsOf(iss) }, group: { in: groups } },
  })
  return team !== null
}

/** Operators write an issuer with a slash at its end or without; a team names it as the operator did. */
function formsOf(issuer: string): string[] {
  const bare = issuer.replace(/\/$/, '')
  return [bare, `${bare}/`]
}

async function freeLogin(wish: string): Promise<string> {
  const base = (wish.split('@')[0] ?? '')
    .replace(/[^a-zA-Z0-9_-]+/g, '-')
    .slice(0, 34)
    .replace(/^[-_]+|[-_]+$/g, '')
  const candidates = [base, ...Array.from({ length: 50 }, (_, at) => `${base || 'person'}-${at + 2}`)]
  for (const login of candidates) {
    if (loginProblem(login)) continue
    const taken = await database().organization.findUnique({ where: { nameKey: key(login) } })
    if (!taken) return login
  }
  throw new Failure('conflict', 'No login is free for this person.', { field: 'login' })
}

async function insertIdentity(tx: Transaction, personId: string, { iss, sub }: Claims): Promise<void> {
  await tx.externalIdentity.create({ data: { personId, issuer: iss, subject: sub } })
}

/**
 * Puts the person into the teams of their groups and takes them out of those that this provider had put them into.
 * Without a `groups` claim nothing changes: a provider that forgets to send it must not empty teams.
 */
async function followGroups(tx: Transaction, person: Person, { iss, groups }: Claims): Promise<void> {
  if (groups === undefined) return
  const wanted = await tx.teamGroup.findMany({
    where: { issuer: { in: formsOf(iss) }, group: { in: groups } },
    include: { team: true },
  })
  const current = await tx.teamMember.findMany({
    where: { personId: person.id, issuer: iss },
    include: { team: true },
  })
  const teamIds = new Set(wanted.map(({ teamId }) => teamId))
  for (const { team } of current) {
    if (teamIds.has(team.id)) continue
    await tx.teamMember.delete({ where: { teamId_personId: { teamId: team.id, personId: person.id } } })
    await recordTeam(tx, person, { team, change: 'Left' })
  }
  for (const { team } of wanted) {
    const where = { teamId_personId: { teamId: team.id, personId: person.id } }
    if (await tx.teamMember.findUnique({ where })) continue
    await joinOrganization(tx, person, team.organizationId)
    await tx.teamMember.create({ data: { teamId: team.id, personId: person.id, issuer: iss } })
    await recordTeam(tx, person, { team, change: 'Joined' })
  }
}

async function joinOrganization(tx: Transaction, person: Person, organizationId: string): Promise<void> {
  const where = { organizationId_personId: { organizationId, personId: person.id } }
  if (await tx.member.findUnique({ where })) return
  await tx.member.create({ data: { organizationId, personId: person.id } })
  await appendAudit(tx, {
    actor: operator,
    organizationId,
    event: 'member-added',
    description: `${person.login} joined by a group of single sign-on`,
    data: { login: person.login },
  })
}

interface TeamChange {
  team: { id: string; name: string; organizationId: string }
  change: 'Joined' | 'Left'
}

function recordTeam(tx: Transaction, person: Person, { team, change }: TeamChange): Promise<void> {
  return appendAudit(tx, {
    actor: operator,
    organizationId: team.organizationId,
    event: 'team-updated',
    description: `${change} by a group of single sign-on: ${person.login} (${team.name})`,
    data: { teamId: team.id, team: team.name, login: person.login },
  })
}
