/** What belongs to one organization is worth nothing in another, and what only a person can do takes a whole person. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { startCliLogin } from '@/lib/access/cli-login'
import { permissionOn, requireEnvironment } from '@/lib/access/require'
import { listSessions, revokeSession, startSession } from '@/lib/access/sessions'
import { changePassword } from '@/lib/access/signin'
import { loadStanding } from '@/lib/access/standing'
import { actorFromToken } from '@/lib/access/tokens'
import { database } from '@/lib/db'
import type { Environment } from '@/lib/generated/prisma/client'
import { acceptInvitation, invite } from '@/lib/organizations/invitations'
import { createRole } from '@/lib/organizations/roles'
import { createOrganization } from '@/lib/organizations/settings'
import { createOrganizationToken, createTeamToken } from '@/lib/organizations/shared-tokens'
import { createTeam } from '@/lib/organizations/teams'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'
import {
  addEnvironment,
  addMember,
  addOrganization,
  addPerson,
  type TestOrganization,
  type TestPerson,
} from '../support/installation'

const origin = { address: '198.51.100.7', requestId: 'request-1' }

describeOnEachDatabase('confinement', () => {
  let admin: TestPerson
  let member: TestPerson
  let ours: TestOrganization
  let theirs: TestOrganization
  let environment: Environment

  beforeAll(async () => {
    admin = await addPerson('admin-person')
    member = await addPerson('member', { password: 'correct horse battery' })
    ours = await addOrganization('ours', { admin, defaultPermission: 'none' })
    theirs = await addOrganization('theirs', { admin, defaultPermission: 'none' })
    for (const organization of [ours, theirs]) await addMember(organization, member, 'member')
    environment = await addEnvironment(ours, 'shop/prod')
  })

  let count = 0
  const fresh = (prefix: string) => `${prefix}-${++count}`

  const prod = { organization: 'ours', project: 'shop', name: 'prod' }
  const levelOf = (actor: Actor) =>
    requireEnvironment(database(), actor, { ...prod, scope: 'environment:list' }).then(
      ({ level }) => level,
      () => 'none',
    )

  const actorOf = async (value: string) => {
    const actor = await actorFromToken(value, origin)
    if (!actor) throw new Error('the token is not accepted')
    return actor
  }

  const everything = (organization: TestOrganization) =>
    createRole(admin.actor, {
      organization: organization.name,
      name: fresh('role'),
      organizationScopes: [],
      rules: [{ where: { kind: 'every_environment' }, level: 'open' }],
    })

  const team = (organization: TestOrganization) =>
    createTeam(admin.actor, { organization: organization.name, name: fresh('team') })

  const join = (teamId: string) => database().teamMember.create({ data: { teamId, personId: member.id } })

  describe('A01, P5: rows that no product code makes, as a botched restore could', () => {
    it('a team of theirs with a role of ours', async () => {
      const [{ id: teamId }, role] = [await team(theirs), await everything(ours)]
      await database().teamRole.create({ data: { teamId, roleId: role.id } })
      await join(teamId)
      expect(await levelOf(member.actor)).toBe('none')
      const twin = await team(ours)
      await database().teamRole.create({ data: { teamId: twin.id, roleId: role.id } })
      await join(twin.id)
      expect(await levelOf(member.actor)).toBe('open')
      await database().teamMember.deleteMany({ where: { personId: member.id } })
    })

    it('a team of ours with a role of theirs', async () => {
      const [{ id: teamId }, role] = [await team(ours), await everything(theirs)]
      await database().teamRole.create({ data: { teamId, roleId: role.id } })
      await join(teamId)
      expect(await levelOf(member.actor)).toBe('none')
      await database().teamMember.deleteMany({ where: { personId: member.id } })
    })

    it('a grant of theirs on an environment of ours', async () => {
      const { id: teamId } = await team(ours)
      await join(teamId)
      for (const holder of [
        { principalKind: 'person' as const, principalId: member.id },
        { principalKind: 'team' as const, principalId: teamId },
      ]) {
        const row = { environmentId: environment.id, ...holder, level: 'open' as const }
        const { id } = await database().environmentGrant.create({
          data: { ...row, organizationId: theirs.id },
        })
        expect(await levelOf(member.actor)).toBe('none')
        await database().environmentGrant.update({ where: { id }, data: { organizationId: ours.id } })
        expect(await levelOf(member.actor)).toBe('open')
        await database().environmentGrant.delete({ where: { id } })
      }
      await database().teamMember.deleteMany({ where: { personId: member.id } })
    })

    it('an approval of theirs to open an environment of ours', async () => {
      const grant = await database().environmentGrant.create({
        data: {
          organizationId: ours.id,
          environmentId: environment.id,
          principalKind: 'person',
          principalId: member.id,
          level: 'read',
        },
      })
      const request = await database().changeRequest.create({
        data: {
          organizationId: theirs.id,
          environmentId: environment.id,
          action: 'open',
          status: 'applied',
          baseRevision: 1,
          createdById: member.id,
          createdByLogin: member.login,
          createdByName: member.login,
          accessExpiresAt: new Date(Date.now() + 3_600_000),
          revisions: {
            create: {
              organizationId: theirs.id,
              number: 1,
              definition: '',
              createdById: member.id,
              createdByLogin: member.login,
              accessDurationSeconds: 3600,
              grantExpirationSeconds: 3600,
            },
          },
        },
      })
      expect(await levelOf(member.actor)).toBe('read')
      const opens = () => requireEnvironment(database(), member.actor, { ...prod, scope: 'environment:open' })
      expect((await refusal(opens())).code).toBe('forbidden')
      await database().changeRequest.update({ where: { id: request.id }, data: { organizationId: ours.id } })
      expect((await opens()).proof.through.kind).toBe('open_request')
      await database().changeRequest.delete({ where: { id: request.id } })
      await database().environmentGrant.delete({ where: { id: grant.id } })
    })

    it('a row of ours put before a standing in theirs', async () => {
      const standingIn = async ({ name }: TestOrganization) => {
        const standing = await loadStanding(database(), admin.actor, { name })
        if (!standing) throw new Error('no standing')
        return standing
      }
      const found = { environment, facts: environment }
      const foreign = await standingIn(theirs)
      expect(() => permissionOn(foreign, found, 'environment:read')).toThrow('Not Found')
      expect(permissionOn(await standingIn(ours), found, 'environment:read').level).toBe('admin')
    })
  })

  it('A01: shared tokens have no part in another organization', async () => {
    const { name } = await team(theirs)
    const input = { organization: 'theirs', name: fresh('token') }
    const tokens = [
      await createTeamToken(admin.actor, { ...input, team: name }),
      await createOrganizationToken(admin.actor, { ...input, name: fresh('token'), role: 'admin' }),
    ]
    for (const { tokenValue } of tokens) {
      const actor = await actorOf(tokenValue)
      expect(await loadStanding(database(), actor, { name: 'ours' })).toBeUndefined()
      expect(await loadStanding(database(), actor, { name: 'theirs' })).toBeDefined()
    }
  })

  it('T21: what only a person can do is refused to who acts for one in one organization', async () => {
    const { actor } = member
    const confined: Actor = { ...actor, credential: { ...actor.credential, organizationId: ours.id } }
    const other = await startSession(member.id, { userAgent: 'test', address: '' })
    const codeChallenge = 'x'.repeat(43)
    const { link } = await invite(admin.actor, {
      organization: (await addOrganization(fresh('new'), { admin })).name,
      role: 'member',
    })
    const secret = link.split('/').at(-1) ?? ''
    const passwords = { currentPassword: 'correct horse battery', newPassword: 'battery horse correct' }
    const acts: ((actor: Actor) => Promise<unknown>)[] = [
      (actor) => listSessions(actor),
      (actor) => revokeSession(actor, { id: other }),
      (actor) => startCliLogin(actor, { codeChallenge, description: 'test' }),
      (actor) => createOrganization(actor, { name: fresh('made') }),
      (actor) => acceptInvitation(actor, { secret }),
      (actor) => changePassword(actor, passwords),
    ]
    for (const act of acts) {
      expect((await refusal(act(confined))).code).toBe('forbidden')
      await act(actor)
    }
  })
})
