/** An organization with people who propose, approve and look on, and environments behind gates. */
import { createGate, type GateFields, type GateSummary } from '@/lib/approvals/gates'
import { database } from '@/lib/db'
import { createEnvironment } from '@/lib/environments/create'
import { saveEnvironment } from '@/lib/environments/save'
import type { Environment } from '@/lib/generated/prisma/client'
import { addOrganization, addPerson, type TestOrganization, type TestPerson } from '../support/installation'

export interface Office {
  acme: TestOrganization
  /** Administrator of the organization. */
  admin: TestPerson
  /** Members who may write. */
  alice: TestPerson
  bob: TestPerson
  carol: TestPerson
  /** Of another organization. */
  stranger: TestPerson
}

export async function makeOffice(): Promise<Office> {
  const [admin, alice, bob, carol, stranger] = await Promise.all(
    ['admin', 'alice', 'bob', 'carol', 'stranger'].map((login) => addPerson(login)),
  )
  if (!admin || !alice || !bob || !carol || !stranger) throw new Error('five people')
  const members: [TestPerson, 'member'][] = [alice, bob, carol].map((person) => [person, 'member'])
  const acme = await addOrganization('acme', { admin, members, defaultPermission: 'write' })
  await addOrganization('elsewhere', { admin: stranger })
  return { acme, admin, alice, bob, carol, stranger }
}

export function placeOf(path: `${string}/${string}`) {
  const [project = '', name = ''] = path.split('/')
  return { organization: 'acme', project, name }
}

/** With one value, made and saved by an administrator. */
export async function makeEnvironment(
  { admin }: Office,
  path: `${string}/${string}`,
  definition = 'values:\n  n: 1\n',
): Promise<Environment> {
  const { id } = await createEnvironment(admin.actor, placeOf(path))
  await saveEnvironment(admin.actor, { ...placeOf(path), definition })
  return database().environment.findUniqueOrThrow({ where: { id } })
}

/** By default one approval by anybody who may write. */
export function gate(
  { admin }: Office,
  path: `${string}/${string}`,
  fields: Partial<GateFields> = {},
): Promise<GateSummary> {
  return createGate(admin.actor, {
    ...placeOf(path),
    title: 'Four eyes',
    enabled: true,
    actions: ['update'],
    approvalsRequired: 1,
    allowSelfApproval: false,
    reapproveOnChange: true,
    approvers: [{ kind: 'permission', scope: 'environment:write' }],
    bypassers: [],
    ...fields,
  })
}
