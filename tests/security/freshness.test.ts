/**
 * What is remembered of standings is never older than the request: whatever a standing is read from, the next request
 * sees its change, whoever wrote it.
 */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { scopesOfLevel } from '@/lib/access/grants'
import { forgetStandings, recallStanding } from '@/lib/access/known-standings'
import { requireEnvironment } from '@/lib/access/require'
import { standingQuery } from '@/lib/access/standing-query'
import { hashTokenValue } from '@/lib/access/token-value'
import { actorFromToken, createAccessToken } from '@/lib/access/tokens'
import { verifyChain } from '@/lib/audit'
import { database, Prisma, withTransaction } from '@/lib/db'
import { openEnvironment } from '@/lib/environments/open'
import { readOpenSession } from '@/lib/environments/open-session'
import { isFailure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import { createOrganizationToken, createTeamToken } from '@/lib/organizations/shared-tokens'
import { rekeyOrganization } from '@/lib/secrets'
import { sealingKeyId } from '@/lib/secrets/envelope'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'
import {
  addEnvironment,
  addGrant,
  addMember,
  addOrganization,
  addPerson,
  type TestOrganization,
  type TestPerson,
} from '../support/installation'

const origin = { address: '', requestId: '' }

/** An organization with everything that a standing can come of; each test has its own. */
interface World {
  acme: TestOrganization
  admin: TestPerson
  member: TestPerson
  prod: Environment
  teamId: string
  roleId: string
  setId: string
  tokens: { member: string; team: string; organization: string }
}

/** What changes, whose token notices, and what it is told before and after. */
type Change = [
  what: string,
  who: keyof World['tokens'],
  before: string,
  after: string,
  prepare: (world: World) => Promise<unknown>,
  change: (world: World) => Promise<unknown>,
]

const nothing = async () => {}
const joinTeam = ({ teamId, member }: World) =>
  database().teamMember.create({ data: { teamId, personId: member.id } })
const giveTeam = ({ acme, prod, teamId }: World) =>
  database().environmentGrant.create({
    data: {
      organizationId: acme.id,
      environmentId: prod.id,
      principalKind: 'team',
      principalId: teamId,
      level: 'write',
    },
  })
const takeRole = ({ acme, member, roleId }: World) =>
  database().member.updateMany({
    where: { organizationId: acme.id, personId: member.id },
    data: { roleId },
  })
const giveTeamRole = ({ teamId, roleId }: World) => database().teamRole.create({ data: { teamId, roleId } })
const addRule = ({ roleId }: World, where: Prisma.InputJsonObject = { kind: 'every_environment' }) =>
  database().roleRule.create({ data: { roleId, position: 0, where, level: 'open' } })
const tag = ({ acme, prod }: World) =>
  database().environmentTag.create({
    data: { organizationId: acme.id, environmentId: prod.id, name: 'tier', value: 'prod' },
  })
const gate = ({ prod }: World) =>
  database().environment.update({ where: { id: prod.id }, data: { openGated: true } })
const approve = ({ acme, prod, member }: World, seconds = 600) =>
  database().changeRequest.create({
    data: {
      organizationId: acme.id,
      environmentId: prod.id,
      action: 'open',
      status: 'applied',
      baseRevision: 1,
      createdById: member.id,
      createdByLogin: member.login,
      createdByName: '',
      accessExpiresAt: new Date(Date.now() + seconds * 1000),
      revisions: {
        create: {
          organizationId: acme.id,
          number: 1,
          definition: '',
          accessDurationSeconds: seconds,
          createdByLogin: member.login,
        },
      },
    },
  })
const ownToken = ({ member }: World) => ({ personId: member.id, kind: 'personal' as const })

const changes: Change[] = [
  [
    'membership ends',
    'member',
    'read',
    'not_found',
    nothing,
    ({ member }) =>
      database().member.deleteMany({ where: { personId: member.id, organization: { kind: 'shared' } } }),
  ],
  [
    'the member becomes an administrator',
    'member',
    'read',
    'admin',
    nothing,
    ({ acme, member }) =>
      database().member.updateMany({
        where: { organizationId: acme.id, personId: member.id },
        data: { role: 'admin' },
      }),
  ],
  [
    'the default is withdrawn',
    'member',
    'read',
    'not_found',
    nothing,
    ({ acme }) =>
      database().organization.update({ where: { id: acme.id }, data: { defaultPermission: 'none' } }),
  ],
  [
    'a grant is given',
    'member',
    'read',
    'write',
    nothing,
    ({ prod, member }) => addGrant(prod, member, 'write'),
  ],
  [
    'a grant is changed',
    'member',
    'write',
    'open',
    ({ prod, member }) => addGrant(prod, member, 'write'),
    ({ member }) =>
      database().environmentGrant.updateMany({ where: { principalId: member.id }, data: { level: 'open' } }),
  ],
  [
    'a grant is removed',
    'member',
    'write',
    'read',
    ({ prod, member }) => addGrant(prod, member, 'write'),
    ({ member }) => database().environmentGrant.deleteMany({ where: { principalId: member.id } }),
  ],
  ['the person joins a team', 'member', 'read', 'write', giveTeam, joinTeam],
  [
    'the person leaves a team',
    'member',
    'write',
    'read',
    async (world) => [await giveTeam(world), await joinTeam(world)],
    ({ member }) => database().teamMember.deleteMany({ where: { personId: member.id } }),
  ],
  [
    'a grant of the team is removed',
    'team',
    'write',
    'read',
    giveTeam,
    ({ teamId }) => database().environmentGrant.deleteMany({ where: { principalId: teamId } }),
  ],
  [
    'the team is deleted',
    'member',
    'write',
    'read',
    async (world) => [await giveTeam(world), await joinTeam(world)],
    ({ teamId }) => database().team.delete({ where: { id: teamId } }),
  ],
  ['a role is taken on', 'member', 'read', 'open', addRule, takeRole],
  [
    'a rule of the role is removed',
    'member',
    'open',
    'not_found',
    async (world) => [await addRule(world), await takeRole(world)],
    ({ roleId }) => database().roleRule.deleteMany({ where: { roleId } }),
  ],
  [
    'the team loses a role',
    'team',
    'open',
    'read',
    async (world) => [await addRule(world), await giveTeamRole(world)],
    ({ roleId }) => database().teamRole.deleteMany({ where: { roleId } }),
  ],
  [
    'a permission set loses a scope',
    'member',
    'read',
    'not_found',
    async (world) => [
      await takeRole(world),
      await database().roleRule.create({
        data: {
          roleId: world.roleId,
          position: 0,
          where: { kind: 'every_environment' },
          permissionSetId: world.setId,
        },
      }),
    ],
    ({ setId }) => database().permissionSet.update({ where: { id: setId }, data: { scopes: [] } }),
  ],
  [
    'a tag appears',
    'member',
    'not_found',
    'open',
    async (world) => [await addRule(world, { kind: 'tag', name: 'tier' }), await takeRole(world)],
    tag,
  ],
  [
    'a tag is changed',
    'member',
    'open',
    'not_found',
    async (world) => [
      await addRule(world, { kind: 'tag', name: 'tier', value: 'prod' }),
      await takeRole(world),
      await tag(world),
    ],
    ({ prod }) =>
      database().environmentTag.updateMany({ where: { environmentId: prod.id }, data: { value: 'dev' } }),
  ],
  [
    'the environment gets an owner',
    'member',
    'read',
    'admin',
    nothing,
    ({ prod, member }) =>
      database().environment.update({ where: { id: prod.id }, data: { ownerId: member.id } }),
  ],
  [
    'the environment is deleted',
    'member',
    'read',
    'not_found',
    nothing,
    ({ prod }) => database().environment.update({ where: { id: prod.id }, data: { deletedAt: new Date() } }),
  ],
  [
    'another environment takes its name',
    'member',
    'write',
    'read',
    ({ prod, member }) => addGrant(prod, member, 'write'),
    async ({ acme, prod }) => [
      await database().environment.update({ where: { id: prod.id }, data: { deletedAt: new Date() } }),
      await addEnvironment(acme, 'shop/prod'),
    ],
  ],
  [
    'the environment is renamed',
    'member',
    'read',
    'not_found',
    nothing,
    ({ prod }) =>
      database().environment.update({ where: { id: prod.id }, data: { name: 'other', nameKey: 'other' } }),
  ],
  [
    'the organization is renamed',
    'member',
    'read',
    'not_found',
    nothing,
    ({ acme }) => {
      const name = `${acme.name}-2`
      return database().organization.update({ where: { id: acme.id }, data: { name, nameKey: name } })
    },
  ],
  [
    'the token is revoked',
    'member',
    'read',
    'unauthenticated',
    nothing,
    (world) => database().accessToken.updateMany({ where: ownToken(world), data: { revokedAt: new Date() } }),
  ],
  [
    'the token expires',
    'member',
    'read',
    'unauthenticated',
    nothing,
    (world) =>
      database().accessToken.updateMany({ where: ownToken(world), data: { expiresAt: new Date(0) } }),
  ],
  [
    'the token is deleted',
    'member',
    'read',
    'unauthenticated',
    nothing,
    (world) => database().accessToken.deleteMany({ where: ownToken(world) }),
  ],
  [
    'the token lives longer than is allowed now',
    'member',
    'read',
    'forbidden',
    nothing,
    ({ acme }) =>
      database().organization.update({ where: { id: acme.id }, data: { maxTokenLifetimeDays: 1 } }),
  ],
  [
    'the person is disabled',
    'member',
    'read',
    'unauthenticated',
    nothing,
    ({ member }) => database().person.update({ where: { id: member.id }, data: { disabledAt: new Date() } }),
  ],
  [
    'the token of the organization loses its role',
    'organization',
    'admin',
    'read',
    nothing,
    ({ acme }) =>
      database().accessToken.updateMany({
        where: { organizationId: acme.id, kind: 'organization' },
        data: { organizationRole: 'member' },
      }),
  ],
  [
    'the token of the organization is revoked',
    'organization',
    'admin',
    'unauthenticated',
    nothing,
    ({ acme }) =>
      database().accessToken.updateMany({
        where: { organizationId: acme.id, kind: 'organization' },
        data: { revokedAt: new Date() },
      }),
  ],
]

/** The same for opening, which gates hold back and approvals allow for a time. */
const openings: Change[] = [
  ['a gate is put before it', 'organization', 'allowed', 'approval_needed', nothing, gate],
  ['an opening is approved', 'member', 'approval_needed', 'allowed', gate, approve],
  [
    'an approval is withdrawn',
    'member',
    'allowed',
    'approval_needed',
    async (world) => [await gate(world), await approve(world)],
    ({ member }) =>
      database().changeRequest.updateMany({ where: { createdById: member.id }, data: { status: 'closed' } }),
  ],
  [
    'an approval ends',
    'member',
    'allowed',
    'approval_needed',
    async (world) => [await gate(world), await approve(world, 1)],
    () => new Promise((resolve) => setTimeout(resolve, 1100)),
  ],
]

describeOnEachDatabase('what is remembered of standings', () => {
  let admin: TestPerson
  let world: World
  let worlds = 0

  beforeAll(async () => {
    admin = await addPerson('admin')
  })

  beforeEach(async () => {
    const name = `acme-${++worlds}`
    const member = await addPerson(`member-${worlds}`)
    const acme = await addOrganization(name, { admin, defaultPermission: 'read' })
    await addMember(acme, member, 'member')
    const prod = await addEnvironment(acme, 'shop/prod')
    const named = { organizationId: acme.id, name: 'ops', nameKey: 'ops' }
    const { id: teamId } = await database().team.create({ data: named })
    const { id: roleId } = await database().role.create({ data: { ...named, organizationScopes: [] } })
    const { id: setId } = await database().permissionSet.create({
      data: { ...named, scopes: [...scopesOfLevel('read')] },
    })
    const shared = { organization: name }
    const tokens = {
      member: (await createAccessToken(member.actor, { description: 'test' })).tokenValue,
      team: (await createTeamToken(admin.actor, { ...shared, name: 'team', team: 'ops' })).tokenValue,
      organization: (await createOrganizationToken(admin.actor, { ...shared, name: 'all', role: 'admin' }))
        .tokenValue,
    }
    world = { acme, admin, member, prod, teamId, roleId, setId, tokens }
  })

  const place = () => ({ organization: world.acme.name, project: 'shop', name: 'prod' })

  /** As a request does it. */
  async function ask(token: string, scope: 'environment:list' | 'environment:open' = 'environment:list') {
    const actor = await actorFromToken(token, origin, place())
    if (!actor) return 'unauthenticated'
    try {
      const { level } = await requireEnvironment(database(), actor, { ...place(), scope })
      return scope === 'environment:list' ? level : 'allowed'
    } catch (error) {
      if (isFailure(error)) return error.code
      throw error
    }
  }

  const isKnown = (token: string) => recallStanding(hashTokenValue(token), place()) !== undefined

  it.each(changes)(
    '%s: the next request of the %s knows',
    async (_what, who, before, after, prepare, change) => {
      const token = world.tokens[who]
      await prepare(world)
      for (let times = 0; times < 3; times++) expect(await ask(token)).toBe(before)
      expect(isKnown(token)).toBe(true)
      await change(world)
      expect(await ask(token)).toBe(after)
      forgetStandings()
      expect(await ask(token)).toBe(after)
    },
  )

  it.each(openings)(
    '%s: the next opening by the %s knows',
    async (_what, who, before, after, prepare, change) => {
      const token = world.tokens[who]
      await database().organization.update({
        where: { id: world.acme.id },
        data: { defaultPermission: 'open' },
      })
      await prepare(world)
      for (let times = 0; times < 3; times++) expect(await ask(token, 'environment:open')).toBe(before)
      await change(world)
      expect(await ask(token, 'environment:open')).toBe(after)
    },
  )

  it('is used again where nothing changed, with the newest revision', async () => {
    const token = world.tokens.member
    await ask(token)
    const known = recallStanding(hashTokenValue(token), place())
    await database().environment.update({ where: { id: world.prod.id }, data: { latestRevision: 7 } })
    const actor = await actorFromToken(token, origin, place())
    if (!actor) throw new Error('the token is not accepted')
    const { environment, facts } = await requireEnvironment(database(), actor, {
      ...place(),
      scope: 'environment:read',
    })
    expect([environment.latestRevision, facts]).toEqual([7, expect.objectContaining({ id: world.prod.id })])
    expect(recallStanding(hashTokenValue(token), place())).toBe(known)
  })

  it('is not used by another token, nor at another place', async () => {
    await ask(world.tokens.organization)
    expect(isKnown(world.tokens.organization)).toBe(true)
    expect(isKnown(world.tokens.member)).toBe(false)
    expect(recallStanding(hashTokenValue(world.tokens.organization), { ...place(), name: 'stage' })).toBe(
      undefined,
    )
    expect(await ask(world.tokens.member)).toBe('read')
  })

  it('is asked again inside a transaction that changes it, and only committed changes are kept', async () => {
    const token = world.tokens.member
    await ask(token)
    const actor = await actorFromToken(token, origin, place())
    if (!actor) throw new Error('the token is not accepted')
    const question = { ...place(), scope: 'environment:list' } as const
    await requireEnvironment(database(), actor, question)
    const undone = withTransaction(async (tx) => {
      await tx.environmentGrant.create({
        data: {
          organizationId: world.acme.id,
          environmentId: world.prod.id,
          principalKind: 'person',
          principalId: world.member.id,
          level: 'admin',
        },
      })
      expect((await requireEnvironment(tx, actor, question)).level).toBe('admin')
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect((await requireEnvironment(database(), actor, question)).level).toBe('read')
    expect(await ask(token)).toBe('read')
  })

  describe('decides about an opening when the values are given out (A07)', () => {
    const arrived = async () => {
      const actor = await actorFromToken(world.tokens.member, origin, place())
      if (!actor) throw new Error('the token is not accepted')
      return actor
    }
    const traces = async () => ({
      sessions: await database().openSession.count({ where: { organizationId: world.acme.id } }),
      entries: await database().auditEvent.count({
        where: { organizationId: world.acme.id, event: 'environment-open' },
      }),
      isIntact: (await verifyChain(world.acme.id)).intact,
    })
    const keyOfNewest = async () => {
      const { sealed } = await database().openSession.findFirstOrThrow({
        where: { organizationId: world.acme.id },
        orderBy: { createdAt: 'desc' },
      })
      return sealingKeyId(sealed)
    }

    beforeEach(async () => {
      await addGrant(world.prod, world.member, 'open')
      await openEnvironment(await arrived(), place())
    })

    it('which goes through where nothing changed', async () => {
      const { id } = await openEnvironment(await arrived(), place())
      expect(await traces()).toEqual({ sessions: 2, entries: 2, isIntact: true })
      expect(await readOpenSession(await arrived(), { ...place(), id })).toMatchObject({ revision: 1 })
    })

    it.each<[string, (world: World) => Promise<unknown>, string]>([
      ['the grant is gone', () => database().environmentGrant.deleteMany(), 'forbidden'],
      [
        'the membership is gone',
        () => database().member.deleteMany({ where: { personId: world.member.id } }),
        'not_found',
      ],
      ['a gate was put before it', gate, 'approval_needed'],
      [
        'tokens must not live that long',
        ({ acme }) =>
          database().organization.update({ where: { id: acme.id }, data: { maxTokenLifetimeDays: 1 } }),
        'forbidden',
      ],
    ])('and not where %s meanwhile', async (_what, change, expected) => {
      const actor = await arrived()
      await change(world)
      expect((await refusal(openEnvironment(actor, place()))).code).toBe(expected)
      expect(await traces()).toEqual({ sessions: 1, entries: 1, isIntact: true })
    })

    it('sealed with the key that is current then', async () => {
      const before = await keyOfNewest()
      await rekeyOrganization(world.acme.id)
      await openEnvironment(await arrived(), place())
      expect(await keyOfNewest()).not.toBe(before)
    })
  })

  describe('is covered by the stamp', () => {
    it('in every table that a standing is read from', async () => {
      const id = Prisma.sql`${'x'}::text`
      const holder = { personId: id, teamId: id, organizationTokenId: id, tokenId: id, confinedTo: id }
      const query = standingQuery(holder, { name: 'acme' }, { project: 'shop', name: 'prod' })
      const plan = JSON.stringify(await database().$queryRaw(Prisma.sql`EXPLAIN (FORMAT JSON) ${query}`))
      const tables = [...plan.matchAll(/"Relation Name":"(\w+)"/g)].map(([, name]) => name)
      expect(tables).toContain('Member')
      expect(Object.keys(await renewing())).toEqual(expect.arrayContaining([...new Set(tables)]))
    })

    it('at every change that can matter', async () => {
      const always = { insert: true, update: true, delete: true }
      const whenChanged = { insert: false, update: true, delete: false }
      expect(await renewing()).toEqual({
        Member: always,
        Team: always,
        TeamMember: always,
        TeamRole: always,
        Role: always,
        RoleRule: always,
        PermissionSet: always,
        EnvironmentGrant: always,
        EnvironmentTag: always,
        ChangeRequest: always,
        ChangeRequestRevision: always,
        // Found by the confirmation, or not.
        Organization: whenChanged,
        Environment: whenChanged,
        AccessToken: whenChanged,
        Person: whenChanged,
      })
    })

    async function renewing() {
      const rows = await database().$queryRaw<
        { table: string; insert: boolean; update: boolean; delete: boolean }[]
      >`
        SELECT c."relname"::text AS "table", (t."tgtype" & 4) <> 0 AS "insert", (t."tgtype" & 16) <> 0 AS "update",
          (t."tgtype" & 8) <> 0 AS "delete"
        FROM pg_trigger t JOIN pg_class c ON c."oid" = t."tgrelid"
        WHERE t."tgname" LIKE '%\_renews\_standing' AND t."tgenabled" = 'O'`
      return Object.fromEntries(rows.map(({ table, ...when }) => [table, when]))
    }
  })
})
