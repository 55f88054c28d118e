/** The installation that the matrix asks about: two organizations, and somebody of every kind in one of them. */
import { encode } from 'next-auth/jwt'
import { cookieName, cookieSettings } from '@/lib/access/session-cookie'
import { actorFromToken, createAccessToken } from '@/lib/access/tokens'
import { database } from '@/lib/db'
import { openDefinition, openEnvironment } from '@/lib/environments/open'
import { isFailure } from '@/lib/failure'
import { addGrant, addMember, addPerson, type TestPerson } from '../../support/installation'
import { type Furnished, type Furnishing, furnish } from './furnished'
import { principals, type Who, withoutCredential } from './principals'
import { plantStrays, type Strays } from './strays'

export interface Credential {
  /** A value for the API's `Authorization` header. */
  token?: string
  /** The console's cookie. */
  cookie?: string
}

/** What only its owner may name; ids of somebody else's where the principal cannot have one. */
export interface Owned {
  accessToken: string
  openSession: string
  unsavedSession: string
  webSession: string
}

export interface World {
  ours: Furnished
  theirs: Furnished
  credentials: Record<Who, Credential>
  owned: Record<Who, Owned>
  strays: Strays
}

const origin = { address: '192.0.2.1', requestId: 'matrix' }
const levels = { reader: 'read', opener: 'open', editor: 'write', keeper: 'admin' } as const

export async function makeWorld(): Promise<World> {
  const [admin, stranger] = [await addPerson('admin'), await addPerson('stranger')]
  const ours = await furnish('acme', admin)
  const theirs = await furnish('globex', stranger)
  const people: Partial<Record<Who, TestPerson>> = { admin, stranger, ...(await addPeople(ours)) }
  const tokens = await tokensOf(people, ours)
  const owned = await ownedBy(people, tokens)
  const credentials = await credentialsOf(people, tokens)
  await markUsed()
  const strays = await plantStrays({ ours: ours.organization.id, theirs: theirs.organization.id })
  return { ours: ours.furnished, theirs: theirs.furnished, credentials, owned, strays }
}

/** As of an hour from now, so that using a credential writes nothing and changes can be seen. */
async function markUsed(): Promise<void> {
  const soon = new Date(Date.now() + 3_600_000)
  await database().accessToken.updateMany({ data: { lastUsedAt: soon } })
  await database().webSession.updateMany({ data: { lastSeenAt: soon } })
}

async function addPeople({ organization, furnished }: Furnishing): Promise<Partial<Record<Who, TestPerson>>> {
  const environment = await database().environment.findUniqueOrThrow({
    where: { id: furnished.environmentId },
  })
  const people: Partial<Record<Who, TestPerson>> = {}
  for (const who of ['member', 'reader', 'opener', 'editor', 'keeper'] as const) {
    const person = await addPerson(who)
    await addMember(organization, person, 'member')
    if (who !== 'member') await addGrant(environment, person, levels[who])
    people[who] = person
  }
  return people
}

type Tokens = Partial<Record<Who, { id: string; tokenValue: string }>>

async function tokensOf(people: Partial<Record<Who, TestPerson>>, ours: Furnishing): Promise<Tokens> {
  const tokens: Tokens = {
    'team token': { id: ours.furnished.teamToken, tokenValue: ours.secrets.teamToken },
    'organization token': {
      id: ours.furnished.organizationToken,
      tokenValue: ours.secrets.organizationToken,
    },
  }
  for (const who of principals) {
    const person = people[who]
    if (person) tokens[who] = await createAccessToken(person.actor, { description: who })
  }
  const { admin } = people
  if (!admin) throw new Error('there is no administrator')
  for (const who of ['expired credential', 'revoked credential'] as const) {
    tokens[who] = await createAccessToken(admin.actor, { description: who })
  }
  const past = new Date(Date.now() - 1000)
  await database().accessToken.update({
    where: { id: tokens['expired credential']?.id ?? '' },
    data: { expiresAt: past },
  })
  await database().accessToken.update({
    where: { id: tokens['revoked credential']?.id ?? '' },
    data: { revokedAt: past },
  })
  return tokens
}

async function credentialsOf(people: Partial<Record<Who, TestPerson>>, tokens: Tokens) {
  const credentials = Object.fromEntries(principals.map((who) => [who, {}])) as Record<Who, Credential>
  for (const who of principals) {
    const person = people[who]
    const token = tokens[who]?.tokenValue
    credentials[who] = {
      ...(token && { token }),
      ...(person && { cookie: await cookieFor(sessionOf(person)) }),
    }
  }
  const ended = people.admin?.id ?? ''
  const past = new Date(Date.now() - 1000)
  const expired = await database().webSession.create({ data: { personId: ended, expiresAt: past } })
  const future = new Date(Date.now() + 3_600_000)
  const revoked = await database().webSession.create({
    data: { personId: ended, expiresAt: future, revokedAt: past },
  })
  Object.assign(credentials['expired credential'], { cookie: await cookieFor(expired.id) })
  Object.assign(credentials['revoked credential'], { cookie: await cookieFor(revoked.id) })
  // Each where the other belongs: a session as a token, a token as a session.
  const token = tokens.admin?.tokenValue ?? ''
  credentials['wrong kind of credential'] = {
    token: sessionOf(people.admin),
    cookie: `${cookieName(await cookieSettings(), 'session')}=${token}`,
  }
  return credentials
}

function sessionOf(person: TestPerson | undefined): string {
  return person?.actor.credential.id ?? ''
}

async function cookieFor(sid: string): Promise<string> {
  const settings = await cookieSettings()
  return `${cookieName(settings, 'session')}=${await encode({ token: { sid }, secret: settings.secret })}`
}

/** Open sessions belong to the token that opened them; who may not open asks for the administrator's. */
async function ownedBy(
  people: Partial<Record<Who, TestPerson>>,
  tokens: Tokens,
): Promise<Record<Who, Owned>> {
  const fallback = await ownedWith(tokens.admin, people.admin)
  const owned = Object.fromEntries(principals.map((who) => [who, fallback])) as Record<Who, Owned>
  for (const who of principals) {
    if (!withoutCredential.has(who)) owned[who] = await ownedWith(tokens[who], people[who], fallback)
  }
  return owned
}

async function ownedWith(
  token: Tokens[Who],
  person: TestPerson | undefined,
  fallback?: Owned,
): Promise<Owned> {
  const actor = await actorFromToken(token?.tokenValue ?? '', origin)
  if (!actor) throw new Error('the token is not accepted')
  const at = { organization: 'acme', project: 'shop', name: 'prod' }
  const opened = await openEnvironment(actor, at).catch(onlyRefusals)
  const unsaved = await openDefinition(actor, { ...at, definition: 'values: {}\n' }).catch(onlyRefusals)
  return {
    accessToken: person ? (token?.id ?? '') : (fallback?.accessToken ?? ''),
    openSession: opened?.id ?? fallback?.openSession ?? '',
    unsavedSession: unsaved?.id ?? fallback?.unsavedSession ?? '',
    webSession: person ? sessionOf(person) : (fallback?.webSession ?? ''),
  }
}

function onlyRefusals(error: unknown): undefined {
  if (!isFailure(error)) throw error
}
