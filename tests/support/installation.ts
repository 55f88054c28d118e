/** People, organizations and environments for tests, made by the product's own functions where it has them. */
import { randomUUID, scryptSync } from 'node:crypto'
import { type Actor, operator } from '@/lib/access/actor'
import { personActor } from '@/lib/access/person'
import { startSession } from '@/lib/access/sessions'
import { database, withTransaction } from '@/lib/db'
import type { Environment, EnvironmentGrant } from '@/lib/generated/prisma/client'
import { insertOrganization, insertPerson } from '@/lib/organizations/create'
import { key } from '@/lib/organizations/names'

export interface TestPerson {
  id: string
  login: string
  email: string
  /** As the person acts in the console, by a session that exists. */
  actor: Actor
}

/** A person with their individual organization. Without a password they cannot sign in, which is faster. */
export async function addPerson(
  login: string,
  { password }: { password?: string } = {},
): Promise<TestPerson> {
  const email = `${login}@example.com`
  const passwordHash = password === undefined ? undefined : cheapHash(password)
  const person = { login, name: `Name of ${login}`, email }
  const actorFor = (id: string) => personActor({ ...person, id }, operator.credential, nowhere)
  const id = await withTransaction((tx) =>
    insertPerson(tx, actorFor, { ...person, ...(passwordHash !== undefined && { passwordHash }) }),
  )
  return { id, login, email, actor: await sessionActor({ id, ...person }) }
}

/** Of old, weak parameters: a right password is hashed anew at the first sign-in, a wrong one costs the tests nothing. */
export function cheapHash(password: string): string {
  const salt = Buffer.from('0123456789abcdef')
  const hash = scryptSync(password, salt, 32, { N: 2 ** 10, r: 8, p: 1 })
  return `$scrypt$ln=10,r=8,p=1$${salt.toString('base64')}$${hash.toString('base64')}`
}

const nowhere = { address: '192.0.2.1', requestId: 'test' }

async function sessionActor(person: { id: string; login: string; name: string }): Promise<Actor> {
  const id = await startSession(person.id, { userAgent: 'test', address: nowhere.address })
  return personActor(person, { kind: 'session', id, name: 'session' }, nowhere)
}

export type TestRole = 'admin' | 'member' | 'billing_manager'

export interface TestOrganization {
  id: string
  name: string
}

export interface NewTestOrganization {
  admin: TestPerson
  /** Further members with their roles. */
  members?: [TestPerson, TestRole][]
  /** What members may do with every environment; the product's own default is `write`. */
  defaultPermission?: 'none' | 'read' | 'open' | 'write'
}

export async function addOrganization(name: string, options: NewTestOrganization): Promise<TestOrganization> {
  const { admin, members = [], defaultPermission } = options
  const id = await withTransaction((tx) =>
    insertOrganization(tx, admin.actor, { name, kind: 'shared', adminId: admin.id }),
  )
  for (const [person, role] of members) await addMember({ id, name }, person, role)
  if (defaultPermission) {
    await database().organization.update({ where: { id }, data: { defaultPermission } })
  }
  return { id, name }
}

export async function addMember(
  organization: TestOrganization,
  person: TestPerson,
  role: TestRole,
): Promise<void> {
  await database().member.create({ data: { organizationId: organization.id, personId: person.id, role } })
}

/** A bare environment with one revision, for tests of permission; use `createEnvironment` for all else. */
export function addEnvironment(
  organization: TestOrganization,
  path: `${string}/${string}`,
  { owner }: { owner?: TestPerson } = {},
): Promise<Environment> {
  const [project = '', name = ''] = path.split('/')
  return database().environment.create({
    data: {
      organizationId: organization.id,
      project,
      projectKey: key(project),
      name,
      nameKey: key(name),
      ownerId: owner?.id ?? null,
      revisions: {
        create: { organizationId: organization.id, number: 1, definition: '{}\n', etag: randomUUID() },
      },
    },
  })
}

/** A direct grant to one person on one environment. */
export function addGrant(
  environment: Environment,
  person: TestPerson,
  level: 'read' | 'open' | 'write' | 'admin',
  { maxOpenDurationSeconds }: { maxOpenDurationSeconds?: number } = {},
): Promise<EnvironmentGrant> {
  return database().environmentGrant.create({
    data: {
      organizationId: environment.organizationId,
      environmentId: environment.id,
      principalKind: 'person',
      principalId: person.id,
      level,
      maxOpenDurationSeconds: maxOpenDurationSeconds ?? null,
    },
  })
}
