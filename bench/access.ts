/**
 * Permission: decisions of the authorizer, loading where somebody stands, and the list of environments of a member with
 * few grants among many.
 */
import { randomUUID } from 'node:crypto'
import { levelOn, may } from '@/lib/access/authorize'
import { type EnvironmentFacts, type Grant, scopesOfLevel } from '@/lib/access/grants'
import { loadStanding } from '@/lib/access/standing'
import { database } from '@/lib/db'
import { listEnvironments } from '@/lib/environments/list'
import { temporaryDatabase } from '@/tests/support/database'
import {
  addMember,
  addOrganization,
  addPerson,
  type TestOrganization,
  type TestPerson,
} from '@/tests/support/installation'
import { report, reportSummary, sample } from './measure'

const environments = 1_000
const teams = 100
const members = 500

export default async function access(): Promise<void> {
  decisions()
  const temporary = await temporaryDatabase()
  try {
    const admin = await addPerson('admin-person')
    const member = await addPerson('member-person')
    for (const count of [1_000, 10_000]) {
      const organization = await addOrganization(`bench-${count}`, { admin, defaultPermission: 'none' })
      await addMember(organization, member, 'member')
      await fill(organization, member, count)
      await lists(organization, member, count)
    }
  } finally {
    await temporary.close()
  }
}

/** Every member is in five teams, every team has ten environments. */
function decisions(): void {
  const facts = Array.from(
    { length: environments },
    (_, at): EnvironmentFacts => ({
      id: `environment-${at}`,
      projectKey: `project-${at % 20}`,
      ownerId: null,
    }),
  )
  const ofTeam = Array.from({ length: teams }, (_, team) =>
    Array.from({ length: 10 }, (_, at) => grantOn(`environment-${(team * 10 + at) % environments}`, team)),
  )
  const ofMember = Array.from({ length: members }, (_, member) =>
    [0, 1, 2, 3, 4].flatMap((offset) => ofTeam[(member + offset * 17) % teams] ?? []),
  )
  let allowed = 0
  const start = performance.now()
  for (const grants of ofMember) {
    for (const environment of facts) if (may(grants, 'environment:open', environment).allowed) allowed++
  }
  const seconds = (performance.now() - start) / 1000
  report('decisions per second (50 grants each)', (environments * members) / seconds, { unit: '/s' })
  if (allowed !== members * 50) throw new Error(`the authorizer allowed ${allowed} times`)
  const levelsStart = performance.now()
  for (const environment of facts) levelOn(ofMember[0] ?? [], environment)
  report('level on each of 1,000 environments', performance.now() - levelsStart)
}

function grantOn(id: string, team: number): Grant {
  return {
    through: { kind: 'team', teamId: `team-${team}`, team: `team-${team}`, grantId: `${team}-${id}` },
    where: { kind: 'environment', id },
    permits: scopesOfLevel('open'),
  }
}

/** `count` environments, of which the member may read 100. */
async function fill(organization: TestOrganization, member: TestPerson, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => ({
    id: randomUUID(),
    organizationId: organization.id,
    project: `project-${at % 20}`,
    projectKey: `project-${at % 20}`,
    name: `environment-${at}`,
    nameKey: `environment-${at}`,
  }))
  await database().environment.createMany({ data: rows })
  const granted = rows.filter((_, at) => at % (count / 100) === 0)
  await database().environmentGrant.createMany({
    data: granted.map(({ id }) => ({
      organizationId: organization.id,
      environmentId: id,
      principalKind: 'person' as const,
      principalId: member.id,
      level: 'read' as const,
    })),
  })
}

async function lists(organization: TestOrganization, member: TestPerson, count: number): Promise<void> {
  const among = `among ${count.toLocaleString('en')}`
  const standing = () => loadStanding(database(), member.actor, { name: organization.name })
  reportSummary(`load 100 grants ${among}`, await sample(standing, { rounds: 30, warmUp: 5 }))
  const list = () => listEnvironments(member.actor, { organization: organization.name, limit: 100 })
  const { environments: found } = await list()
  if (found.length !== 100) throw new Error(`the list has ${found.length} environments`)
  reportSummary(`list 100 ${among}`, await sample(list, { rounds: 30, warmUp: 5 }))
}
