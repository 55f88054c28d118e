import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { actorFromToken, createAccessToken } from '@/lib/access/tokens'
import { database } from '@/lib/db'
import { isFailure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import { listGrants, removeGrant, setGrant } from '@/lib/organizations/environment-access'
import {
  acceptInvitation,
  cancelInvitation,
  invite,
  listInvitations,
  previewInvitation,
} from '@/lib/organizations/invitations'
import { changeMemberRole, listMembers, removeMember } from '@/lib/organizations/members'
import {
  createPermissionSet,
  deletePermissionSet,
  updatePermissionSet,
} from '@/lib/organizations/permission-sets'
import { registerByInvitation } from '@/lib/organizations/registration'
import { createRole, deleteRole, type RoleContent, updateRole } from '@/lib/organizations/roles'
import {
  changeSettings,
  createOrganization,
  readSettings,
  renameOrganization,
} from '@/lib/organizations/settings'
import {
  createOrganizationToken,
  createTeamToken,
  listSharedTokens,
  revokeSharedToken,
} from '@/lib/organizations/shared-tokens'
import { addTeamRole, changeTeamMember, createTeam, deleteTeam, readTeam } from '@/lib/organizations/teams'
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
const organization = 'acme'

describeOnEachDatabase('people and power', () => {
  let admin: TestPerson
  let stranger: TestPerson
  let acme: TestOrganization
  let prod: Environment
  let stage: Environment

  beforeAll(async () => {
    admin = await addPerson('admin-person')
    stranger = await addPerson('stranger')
    acme = await addOrganization(organization, { admin, defaultPermission: 'none' })
    prod = await addEnvironment(acme, 'shop/prod')
    stage = await addEnvironment(acme, 'shop/stage')
    await database().environmentTag.create({
      data: { organizationId: acme.id, environmentId: prod.id, name: 'tier', value: 'prod' },
    })
  })

  let people = 0
  async function member(): Promise<TestPerson> {
    const person = await addPerson(`person-${++people}`)
    await addMember(acme, person, 'member')
    return person
  }

  const levelOf = (actor: Actor, name = 'prod', project = 'shop') =>
    requireEnvironment(database(), actor, { organization, project, name, scope: 'environment:list' }).then(
      ({ level }) => level,
      (error) => {
        if (!isFailure(error)) throw error
        return 'none'
      },
    )

  let names = 0
  const fresh = (prefix: string) => `${prefix}-${++names}`

  const role = (over: Partial<RoleContent> = {}, actor = admin.actor) =>
    createRole(actor, {
      organization,
      name: fresh('role'),
      organizationScopes: [],
      rules: [{ where: { kind: 'tag', name: 'tier', value: 'prod' }, level: 'open' }],
      ...over,
    })

  const give = (person: TestPerson, roleId: string, actor = admin.actor) =>
    changeMemberRole(actor, { organization, login: person.login, roleId })

  async function actorOf(token: string): Promise<Actor> {
    const actor = await actorFromToken(token, origin)
    if (!actor) throw new Error('the token is not accepted')
    return actor
  }

  describe('custom roles', () => {
    it('give by tag, by project, on one environment and everywhere', async () => {
      const cases = [
        [{ kind: 'tag', name: 'tier', value: 'prod' }, ['open', 'none']],
        [{ kind: 'tag', name: 'tier' }, ['open', 'none']],
        [{ kind: 'tag', name: 'tier', value: 'dev' }, ['none', 'none']],
        [{ kind: 'project', key: 'shop' }, ['open', 'open']],
        [{ kind: 'environment', id: stage.id }, ['none', 'open']],
        [{ kind: 'every_environment' }, ['open', 'open']],
      ] as const
      for (const [where, expected] of cases) {
        const person = await member()
        await give(person, (await role({ rules: [{ where, level: 'open' }] })).id)
        expect([await levelOf(person.actor), await levelOf(person.actor, 'stage')]).toEqual(expected)
      }
    })

    it('take the place of the default permission', async () => {
      const person = await member()
      await changeSettings(admin.actor, { organization, defaultPermission: 'write' })
      expect(await levelOf(person.actor, 'stage')).toBe('write')
      await give(person, (await role()).id)
      expect(await levelOf(person.actor, 'stage')).toBe('none')
      await changeMemberRole(admin.actor, { organization, login: person.login, role: 'member' })
      expect(await levelOf(person.actor, 'stage')).toBe('write')
      await changeSettings(admin.actor, { organization, defaultPermission: 'none' })
    })

    it('change for everybody who has them at the next request', async () => {
      const person = await member()
      const { id, ...content } = await role()
      await give(person, id)
      expect(await levelOf(person.actor)).toBe('open')
      await updateRole(admin.actor, { ...content, organization, id, rules: [] })
      expect(await levelOf(person.actor)).toBe('none')
    })

    it('use permission sets, which stay while in use', async () => {
      const set = await createPermissionSet(admin.actor, {
        organization,
        name: fresh('set'),
        scopes: ['environment:list', 'environment:read'],
      })
      const person = await member()
      const made = await role({ rules: [{ where: { kind: 'every_environment' }, permissionSetId: set.id }] })
      await give(person, made.id)
      const ask = (scope: 'environment:read' | 'environment_tag:read') =>
        requireEnvironment(database(), person.actor, { organization, project: 'shop', name: 'prod', scope })
      expect((await ask('environment:read')).proof.through.kind).toBe('custom_role')
      expect((await refusal(ask('environment_tag:read'))).code).toBe('forbidden')
      await updatePermissionSet(admin.actor, {
        organization,
        ...set,
        scopes: [...set.scopes, 'environment_tag:read'],
      })
      await ask('environment_tag:read')
      expect((await refusal(deletePermissionSet(admin.actor, { organization, id: set.id }))).code).toBe(
        'conflict',
      )
      await changeMemberRole(admin.actor, { organization, login: person.login, role: 'member' })
      await deleteRole(admin.actor, { organization, id: made.id })
      await deletePermissionSet(admin.actor, { organization, id: set.id })
    })

    it('are not deleted while somebody has them', async () => {
      const person = await member()
      const { id } = await role()
      await give(person, id)
      expect((await refusal(deleteRole(admin.actor, { organization, id }))).code).toBe('conflict')
    })

    it.each([
      ['a name in use', { name: 'Taken' }, 'conflict', 'name'],
      [
        'an unknown scope',
        { organizationScopes: ['organization:everything'] },
        'invalid',
        'organizationScopes',
      ],
      ['neither gift', { rules: [{ where: { kind: 'every_environment' as const } }] }, 'invalid', 'rules'],
      [
        'an unknown set',
        { rules: [{ where: { kind: 'every_environment' as const }, permissionSetId: 'x' }] },
        'invalid',
        'rules',
      ],
    ])('are refused with %s', async (_, over, code, field) => {
      await role({ name: 'taken' }).catch(() => undefined)
      const failure = await refusal(role(over))
      expect([failure.code, failure.details.field]).toEqual([code, field])
    })

    it('A01: of another organization do not exist here', async () => {
      const other = await addOrganization(fresh('other'), { admin: stranger })
      const foreign = await createRole(stranger.actor, {
        organization: other.name,
        name: 'foreign',
        organizationScopes: [],
        rules: [],
      })
      const person = await member()
      expect((await refusal(give(person, foreign.id))).code).toBe('not_found')
      expect((await refusal(deleteRole(admin.actor, { organization, id: foreign.id }))).code).toBe(
        'not_found',
      )
    })
  })

  describe('T20, A14: nobody gives what they do not have', () => {
    /** Manages roles, teams and members, and reads `prod`. */
    async function manager(): Promise<TestPerson> {
      const person = await member()
      const { id } = await role({
        organizationScopes: [
          'role:create',
          'role:update',
          'role:read',
          'team:create',
          'team:update',
          'team:read',
          'team:create_token',
          'org_member:update',
          'org_token:create',
          'invites:create',
        ],
        rules: [
          { where: { kind: 'environment', id: prod.id }, level: 'admin', maxOpenDurationSeconds: 600 },
          { where: { kind: 'environment', id: prod.id }, level: 'write' },
        ],
      })
      await give(person, id)
      return person
    }

    const onProd = { kind: 'environment', id: '' } as const
    const rules = (over: object) => [{ where: { ...onProd, id: prod.id }, level: 'read' as const, ...over }]

    it('by making a role', async () => {
      const { actor } = await manager()
      await role({ rules: rules({}) }, actor)
      await role({ rules: rules({ level: 'open' }) }, actor)
      for (const more of [
        { rules: rules({ where: { kind: 'every_environment' } }) },
        { rules: rules({ where: { kind: 'environment', id: stage.id } }) },
        { rules: rules({ where: { kind: 'tag', name: 'tier' } }) },
        { rules: rules({ level: 'admin' }) },
        { organizationScopes: ['audit_logs:read'] },
      ]) {
        expect((await refusal(role(more, actor))).code).toBe('forbidden')
      }
      await role({ rules: rules({ level: 'admin', maxOpenDurationSeconds: 600 }) }, actor)
    })

    it('by changing their own role', async () => {
      const { actor } = await manager()
      const [own] = await database().role.findMany({
        where: { members: { some: { personId: idOf(actor) } } },
      })
      const change = updateRole(actor, {
        organization,
        id: own?.id ?? '',
        name: fresh('mine'),
        organizationScopes: [],
        rules: [{ where: { kind: 'every_environment' }, level: 'admin' }],
      })
      expect((await refusal(change)).code).toBe('forbidden')
    })

    it('by giving a role to themselves or others', async () => {
      const someone = await manager()
      const powerful = await role({ rules: [{ where: { kind: 'every_environment' }, level: 'write' }] })
      expect((await refusal(give(someone, powerful.id, someone.actor))).code).toBe('forbidden')
      for (const builtIn of ['admin', 'billing_manager'] as const) {
        const change = changeMemberRole(someone.actor, { organization, login: someone.login, role: builtIn })
        expect((await refusal(change)).code).toBe('forbidden')
      }
      const weak = await role({ rules: rules({}) })
      expect((await give(await member(), weak.id, someone.actor)).customRole?.id).toBe(weak.id)
    })

    it('by joining a team, or by its tokens', async () => {
      const someone = await manager()
      const team = fresh('powerful')
      await createTeam(admin.actor, { organization, name: team })
      const powerful = await role({ rules: [{ where: { kind: 'every_environment' }, level: 'admin' }] })
      await addTeamRole(admin.actor, { organization, team, roleId: powerful.id })
      const join = { organization, team, login: someone.login, action: 'add' as const }
      expect((await refusal(changeTeamMember(someone.actor, join))).code).toBe('forbidden')
      const token = createTeamToken(someone.actor, { organization, team, name: fresh('token') })
      expect((await refusal(token)).code).toBe('forbidden')
      const weak = fresh('weak')
      await createTeam(someone.actor, { organization, name: weak })
      expect(
        (await refusal(addTeamRole(someone.actor, { organization, team: weak, roleId: powerful.id }))).code,
      ).toBe('forbidden')
      await changeTeamMember(someone.actor, { ...join, team: weak })
      await changeTeamMember(admin.actor, join)
    })

    it('by organization tokens and invitations', async () => {
      const { actor } = await manager()
      const token = (role: 'admin' | 'member') =>
        createOrganizationToken(actor, { organization, name: fresh('token'), role })
      expect((await refusal(token('admin'))).code).toBe('forbidden')
      const invitation = (role: 'admin' | 'billing_manager') => invite(actor, { organization, role })
      expect((await refusal(invitation('admin'))).code).toBe('forbidden')
      expect((await refusal(invitation('billing_manager'))).code).toBe('forbidden')
    })

    it('by grants on an environment', async () => {
      const owner = await member()
      const capped = await role({
        rules: [{ where: { kind: 'project', key: 'shop' }, level: 'admin', maxOpenDurationSeconds: 600 }],
      })
      await give(owner, capped.id)
      const reference = { organization, project: 'shop', name: 'stage', login: (await member()).login }
      const uncapped = setGrant(owner.actor, { ...reference, level: 'open' })
      expect((await refusal(uncapped)).code).toBe('forbidden')
      await setGrant(owner.actor, { ...reference, level: 'open', maxOpenDurationSeconds: 600 })
    })
  })

  describe('teams', () => {
    it('give what their roles and grants give, to members and by tokens', async () => {
      const [person, team] = [await member(), fresh('team')]
      await createTeam(admin.actor, { organization, name: team })
      await setGrant(admin.actor, { organization, project: 'shop', name: 'stage', team, level: 'write' })
      await addTeamRole(admin.actor, { organization, team, roleId: (await role()).id })
      expect([await levelOf(person.actor), await levelOf(person.actor, 'stage')]).toEqual(['none', 'none'])
      await changeTeamMember(admin.actor, { organization, team, login: person.login, action: 'add' })
      expect([await levelOf(person.actor), await levelOf(person.actor, 'stage')]).toEqual(['open', 'write'])
      const { tokenValue } = await createTeamToken(admin.actor, { organization, team, name: fresh('token') })
      const token = await actorOf(tokenValue)
      expect([await levelOf(token), await levelOf(token, 'stage')]).toEqual(['open', 'write'])
      await deleteTeam(admin.actor, { organization, team })
      expect([await levelOf(person.actor), await levelOf(person.actor, 'stage')]).toEqual(['none', 'none'])
      expect(await actorFromToken(tokenValue, origin)).toBeUndefined()
    })

    it('A09: give nothing to a namesake', async () => {
      const [person, team] = [await member(), fresh('phoenix')]
      await createTeam(admin.actor, { organization, name: team })
      await setGrant(admin.actor, { organization, project: 'shop', name: 'prod', team, level: 'admin' })
      await deleteTeam(admin.actor, { organization, team })
      await createTeam(admin.actor, { organization, name: team })
      await changeTeamMember(admin.actor, { organization, team, login: person.login, action: 'add' })
      expect(await levelOf(person.actor)).toBe('none')
    })

    it('are run by their administrators, who manage its members only', async () => {
      const [lead, person, team] = [await member(), await member(), fresh('team')]
      await createTeam(admin.actor, { organization, name: team })
      const change = (action: 'add' | 'remove' | 'promote' | 'demote', login: string, actor = lead.actor) =>
        changeTeamMember(actor, { organization, team, login, action })
      await change('add', lead.login, admin.actor)
      expect((await refusal(change('add', person.login))).code).toBe('forbidden')
      await change('promote', lead.login, admin.actor)
      expect((await readTeam(lead.actor, { organization, team })).viewerRole).toBe('admin')
      await change('add', person.login)
      await change('remove', person.login)
      const roleId = (await role()).id
      expect((await refusal(addTeamRole(lead.actor, { organization, team, roleId }))).code).toBe('forbidden')
      expect((await refusal(deleteTeam(lead.actor, { organization, team }))).code).toBe('forbidden')
    })

    it('take only members of the organization', async () => {
      const team = fresh('team')
      await createTeam(admin.actor, { organization, name: team })
      const add = changeTeamMember(admin.actor, { organization, team, login: stranger.login, action: 'add' })
      expect((await refusal(add)).code).toBe('not_found')
    })
  })

  describe('members', () => {
    it('A13: cannot all cease to be administrators, not even at once', async () => {
      const [one, two] = [await addPerson(fresh('one')), await addPerson(fresh('two'))]
      const pair = await addOrganization(fresh('pair'), { admin: one, members: [[two, 'admin']] })
      const demotions = [
        changeMemberRole(one.actor, { organization: pair.name, login: two.login, role: 'member' }),
        changeMemberRole(two.actor, { organization: pair.name, login: one.login, role: 'member' }),
      ].map((attempt) => attempt.catch((error: unknown) => error))
      const refused = (await Promise.all(demotions)).filter(isFailure)
      expect(refused).toHaveLength(1)
      const admins = await database().member.findMany({ where: { organizationId: pair.id, role: 'admin' } })
      expect(admins).toHaveLength(1)
      const last = admins[0]?.personId === one.id ? one : two
      const leave = removeMember(last.actor, { organization: pair.name, login: last.login })
      expect((await refusal(leave)).code).toBe('conflict')
    })

    it('A13: keep the last administrator, who does not demote themselves either', async () => {
      const one = await addPerson(fresh('one'))
      const alone = await addOrganization(fresh('alone'), { admin: one })
      const demote = () =>
        changeMemberRole(one.actor, { organization: alone.name, login: one.login, role: 'member' })
      expect((await refusal(demote())).code).toBe('conflict')
      await addMember(alone, await addPerson(fresh('two')), 'admin')
      expect((await demote()).role).toBe('member')
    })

    it('A13: do not count a disabled administrator', async () => {
      const [one, two] = [await addPerson(fresh('one')), await addPerson(fresh('two'))]
      const pair = await addOrganization(fresh('pair'), { admin: one, members: [[two, 'admin']] })
      await database().person.update({ where: { id: two.id }, data: { disabledAt: new Date() } })
      const leave = removeMember(one.actor, { organization: pair.name, login: one.login })
      expect((await refusal(leave)).code).toBe('conflict')
    })

    it('T16: who are removed lose everything here, and hand over what they own', async () => {
      const person = await member()
      const own = await addEnvironment(acme, `shop/${fresh('own')}`, { owner: person })
      await setGrant(admin.actor, {
        organization,
        project: 'shop',
        name: 'prod',
        login: person.login,
        level: 'open',
      })
      const { tokenValue } = await createAccessToken(person.actor, { description: 'ci' })
      expect(await levelOf(person.actor)).toBe('open')
      await removeMember(admin.actor, { organization, login: person.login })
      expect(await levelOf(person.actor)).toBe('none')
      expect(await levelOf(await actorOf(tokenValue))).toBe('none')
      const { ownerId } = await database().environment.findUniqueOrThrow({ where: { id: own.id } })
      expect(ownerId).toBe(admin.id)
      // Coming back gives back nothing.
      await addMember(acme, person, 'member')
      expect([await levelOf(person.actor), await levelOf(person.actor, own.name)]).toEqual(['none', 'none'])
    })

    it('are listed, changed and removed by administrators only, except leaving', async () => {
      const [person, other] = [await member(), await member()]
      expect((await listMembers(person.actor, { organization })).map(({ login }) => login)).toContain(
        other.login,
      )
      const change = changeMemberRole(person.actor, { organization, login: person.login, role: 'admin' })
      expect((await refusal(change)).code).toBe('forbidden')
      const removal = removeMember(person.actor, { organization, login: other.login })
      expect((await refusal(removal)).code).toBe('forbidden')
      await removeMember(person.actor, { organization, login: person.login })
      expect((await refusal(listMembers(person.actor, { organization }))).code).toBe('not_found')
      expect((await refusal(listMembers(stranger.actor, { organization }))).code).toBe('not_found')
    })

    it('cannot leave their individual organization, nor bring others into it', async () => {
      const person = await addPerson(fresh('alone'))
      const leave = removeMember(person.actor, { organization: person.login, login: person.login })
      expect((await refusal(leave)).code).toBe('conflict')
      const bring = invite(person.actor, { organization: person.login, role: 'member' })
      expect((await refusal(bring)).code).toBe('conflict')
    })
  })

  describe('invitations', () => {
    const secretOf = (link: string) => link.split('/').at(-1) ?? ''
    const send = async (over: object = {}) => {
      const { link, invitation } = await invite(admin.actor, { organization, role: 'member', ...over })
      return { secret: secretOf(link), id: invitation.id, link }
    }
    const accept = (person: TestPerson, secret: string) => acceptInvitation(person.actor, { secret })

    it('make a member with the role and teams that were chosen', async () => {
      const team = fresh('team')
      await createTeam(admin.actor, { organization, name: team })
      const { id: roleId } = await role()
      const person = await addPerson(fresh('invited'))
      const sent = await invite(admin.actor, {
        organization,
        roleId,
        teams: [team],
        email: person.email.toUpperCase(),
      })
      expect(await previewInvitation(secretOf(sent.link))).toMatchObject({
        organization,
        email: person.email.toUpperCase(),
      })
      expect(await accept(person, secretOf(sent.link))).toEqual({ organization })
      const [row] = (await listMembers(admin.actor, { organization })).filter(
        ({ login }) => login === person.login,
      )
      expect([row?.customRole?.id, row?.teams]).toEqual([roleId, [team]])
    })

    it('T22: are good once, for one person, for a while', async () => {
      const [invited, other] = [await addPerson(fresh('invited')), await addPerson(fresh('other'))]
      const bound = await send({ email: invited.email })
      expect((await refusal(accept(other, bound.secret))).code).toBe('forbidden')
      await accept(invited, bound.secret)
      expect((await refusal(accept(other, bound.secret))).code).toBe('not_found')

      const late = await send()
      await database().invitation.update({
        where: { id: late.id },
        data: { expiresAt: new Date(Date.now() - 1) },
      })
      expect((await refusal(accept(other, late.secret))).code).toBe('not_found')
      expect(await previewInvitation(late.secret)).toBeUndefined()

      const canceled = await send()
      await cancelInvitation(admin.actor, { organization, id: canceled.id })
      expect((await refusal(accept(other, canceled.secret))).code).toBe('not_found')

      const tampered = await send()
      expect((await refusal(accept(other, `${tampered.secret.slice(0, -1)}_`))).code).toBe('not_found')
      await accept(other, tampered.secret)
    })

    it('T18: are accepted by one of many who come at once', async () => {
      const { secret } = await send()
      const rivals = []
      for (let at = 0; at < 4; at++) rivals.push(await addPerson(fresh('rival')))
      const tries = rivals.map((person) => accept(person, secret).catch((error: unknown) => error))
      expect((await Promise.all(tries)).filter((result) => isFailure(result))).toHaveLength(3)
    })

    it('T22, T19: are worth what the inviter is worth at the end', async () => {
      const second = await addPerson(fresh('second'))
      await addMember(acme, second, 'admin')
      const [asAdmin, asMember] = [
        await invite(second.actor, { organization, role: 'admin' }),
        await invite(second.actor, { organization, role: 'member' }),
      ]
      await changeMemberRole(admin.actor, { organization, login: second.login, role: 'member' })
      const person = await addPerson(fresh('late'))
      expect((await refusal(accept(person, secretOf(asAdmin.link)))).code).toBe('forbidden')
      await removeMember(admin.actor, { organization, login: second.login })
      expect((await refusal(accept(person, secretOf(asMember.link)))).code).toBe('not_found')
      expect(await levelOf(person.actor)).toBe('none')
    })

    it('T21: are no tokens, and tokens accept none', async () => {
      const { secret } = await send()
      expect(await actorFromToken(secret, origin)).toBeUndefined()
      const person = await addPerson(fresh('api'))
      const { tokenValue } = await createAccessToken(person.actor, { description: 'ci' })
      const attempt = acceptInvitation(await actorOf(tokenValue), { secret })
      expect((await refusal(attempt)).code).toBe('forbidden')
    })

    it('let somebody new in, whole or not at all', async () => {
      const email = `${fresh('new')}@example.com`
      const { secret } = await send({ email })
      const form = {
        secret,
        login: fresh('newcomer'),
        name: 'New',
        password: 'correct horse battery',
        ...origin,
      }
      const wrong = registerByInvitation({ ...form, email: 'somebody-else@example.com' })
      expect((await refusal(wrong)).code).toBe('forbidden')
      expect(await database().person.count({ where: { login: form.login } })).toBe(0)
      const taken = registerByInvitation({ ...form, email, login: 'ADMIN-person' })
      expect((await refusal(taken)).details.field).toBe('login')
      const { organization: name } = await registerByInvitation({ ...form, email })
      expect(name).toBe(organization)
      expect((await refusal(registerByInvitation({ ...form, email }))).code).toBe('not_found')
    })

    it('are sent, listed and canceled by administrators only', async () => {
      const person = await member()
      expect((await refusal(invite(person.actor, { organization, role: 'member' }))).code).toBe('forbidden')
      expect((await refusal(listInvitations(person.actor, { organization }))).code).toBe('forbidden')
      const { id } = await send()
      const canceling = cancelInvitation(person.actor, { organization, id })
      expect((await refusal(canceling)).code).toBe('forbidden')
      const statuses = (await listInvitations(admin.actor, { organization })).map(({ status }) => status)
      expect(statuses).toEqual(expect.arrayContaining(['pending', 'accepted', 'expired', 'canceled']))
    })
  })

  describe('shared tokens', () => {
    const make = (over: object = {}) =>
      createOrganizationToken(admin.actor, { organization, name: fresh('token'), role: 'member', ...over })

    it('of the organization have one role, built-in or custom', async () => {
      expect(await levelOf(await actorOf((await make({ role: 'admin' })).tokenValue))).toBe('admin')
      expect(await levelOf(await actorOf((await make()).tokenValue))).toBe('none')
      const { id: roleId } = await role()
      const token = await createOrganizationToken(admin.actor, { organization, name: fresh('token'), roleId })
      const actor = await actorOf(token.tokenValue)
      expect([await levelOf(actor), await levelOf(actor, 'stage')]).toEqual(['open', 'none'])
    })

    it('A01: act in their own organization only', async () => {
      const other = await addOrganization(fresh('other'), { admin: stranger })
      await addEnvironment(other, 'shop/prod')
      const actor = await actorOf((await make({ role: 'admin' })).tokenValue)
      const foreign = requireEnvironment(database(), actor, {
        organization: other.name,
        project: 'shop',
        name: 'prod',
        scope: 'environment:read',
      })
      expect((await refusal(foreign)).code).toBe('not_found')
    })

    it('T16: are refused at once when revoked', async () => {
      const { id, tokenValue } = await make({ role: 'admin' })
      const actor = await actorOf(tokenValue)
      await revokeSharedToken(admin.actor, { organization, id })
      expect(await actorFromToken(tokenValue, origin)).toBeUndefined()
      // Even a request that had passed the door.
      expect(await levelOf(actor)).toBe('none')
      expect((await refusal(revokeSharedToken(admin.actor, { organization, id }))).code).toBe('not_found')
    })

    it('never take a name again', async () => {
      const name = fresh('once')
      const { id } = await make({ name })
      await revokeSharedToken(admin.actor, { organization, id })
      expect((await refusal(make({ name: name.toUpperCase() }))).code).toBe('conflict')
    })

    it('have no accounts, passwords or tokens of their own', async () => {
      const actor = await actorOf((await make({ role: 'admin' })).tokenValue)
      expect((await refusal(createAccessToken(actor, { description: 'x' }))).code).toBe('forbidden')
      const created = createOrganization(actor, { name: fresh('org') })
      expect((await refusal(created)).code).toBe('forbidden')
    })

    it('T19: that expire make none that live longer', async () => {
      const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
      const actor = await actorOf((await make({ role: 'admin', expiresAt: inAnHour })).tokenValue)
      const child = (expiresAt?: string) =>
        createOrganizationToken(actor, {
          organization,
          name: fresh('child'),
          role: 'member',
          ...(expiresAt !== undefined && { expiresAt }),
        })
      expect((await refusal(child())).code).toBe('forbidden')
      await child(inAnHour)
    })

    it('are listed without their values', async () => {
      const { id, tokenValue } = await make()
      const tokens = await listSharedTokens(admin.actor, { organization })
      expect(tokens.find((token) => token.id === id)).toMatchObject({
        role: 'member',
        createdBy: admin.login,
      })
      expect(JSON.stringify(tokens)).not.toContain(tokenValue.slice(4, -4))
      const person = await member()
      expect((await refusal(listSharedTokens(person.actor, { organization }))).code).toBe('forbidden')
    })
  })

  describe('the longest lifetime of tokens', () => {
    it('refuses those that live longer, in this organization only, and no sessions', async () => {
      const person = await addPerson(fresh('keeper'))
      const strict = await addOrganization(fresh('strict'), { admin: person })
      const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
      const actor = async (expiresAt?: string) => {
        const input = { description: 'ci', ...(expiresAt !== undefined && { expiresAt }) }
        return actorOf((await createAccessToken(person.actor, input)).tokenValue)
      }
      const [forever, long, short] = [await actor(), await actor(inDays(31)), await actor(inDays(29))]
      const read = (who: Actor, name = strict.name) => readSettings(who, { organization: name })
      await changeSettings(person.actor, { organization: strict.name, maxTokenLifetimeDays: 30 })
      for (const refused of [forever, long]) {
        const { code, message } = await refusal(read(refused))
        expect([code, message]).toEqual(['forbidden', expect.stringContaining('30 days')])
        await read(refused, person.login)
      }
      await read(short)
      await read(person.actor)
      await changeSettings(person.actor, { organization: strict.name, maxTokenLifetimeDays: null })
      await read(forever)
    })
  })

  describe('organizations', () => {
    it('are made and renamed; names are unique without regard to case', async () => {
      const person = await addPerson(fresh('founder'))
      const name = fresh('org')
      expect(await createOrganization(person.actor, { name })).toMatchObject({ name, memberCount: 1 })
      const again = createOrganization(person.actor, { name: name.toUpperCase() })
      expect((await refusal(again)).code).toBe('conflict')
      const renamed = fresh('renamed')
      await renameOrganization(person.actor, { organization: name, name: renamed })
      expect((await refusal(readSettings(person.actor, { organization: name }))).code).toBe('not_found')
      const own = renameOrganization(person.actor, { organization: person.login, name: fresh('x') })
      expect((await refusal(own)).code).toBe('conflict')
      expect((await refusal(readSettings(stranger.actor, { organization: renamed }))).code).toBe('not_found')
    })
  })

  it('grants on an environment are listed, replaced and removed', async () => {
    const person = await member()
    const reference = { organization, project: 'shop', name: 'prod', login: person.login }
    await setGrant(admin.actor, { ...reference, level: 'read' })
    await setGrant(admin.actor, { ...reference, level: 'open', maxOpenDurationSeconds: 900 })
    const mine = (await listGrants(person.actor, reference)).filter(
      (grant) => 'login' in grant && grant.login === person.login,
    )
    expect(mine).toMatchObject([{ level: 'open', maxOpenDurationSeconds: 900 }])
    expect((await refusal(setGrant(person.actor, { ...reference, level: 'admin' }))).code).toBe('forbidden')
    await removeGrant(admin.actor, reference)
    expect(await levelOf(person.actor)).toBe('none')
    const foreign = setGrant(admin.actor, { ...reference, login: stranger.login, level: 'read' })
    expect((await refusal(foreign)).code).toBe('not_found')
  })
})

function idOf({ principal }: Actor): string {
  return principal.kind === 'person' ? principal.id : ''
}
