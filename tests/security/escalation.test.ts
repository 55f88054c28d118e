/** Second ways to power: whoever manages one thing must not become more by it (T20, A14). Each with its positive twin. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { organizationScopeNames } from '@/lib/access/grants'
import { requireEnvironment } from '@/lib/access/require'
import { type OrganizationScope, roleHolds } from '@/lib/access/scopes'
import { actorFromToken } from '@/lib/access/tokens'
import { approveChangeRequest } from '@/lib/approvals/decide'
import { createGate } from '@/lib/approvals/gates'
import { requestOpen } from '@/lib/approvals/open-requests'
import { database } from '@/lib/db'
import { cloneEnvironment } from '@/lib/environments/clone'
import { createDefinedEnvironments } from '@/lib/environments/create-defined'
import { createEnvironmentTag, updateEnvironmentTag } from '@/lib/environments/environment-tags'
import { openDefinition, openEnvironment } from '@/lib/environments/open'
import { transferOwnership } from '@/lib/environments/settings'
import { isFailure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import { acceptInvitation, invite } from '@/lib/organizations/invitations'
import { registerIssuer, setPolicies, updateIssuer } from '@/lib/organizations/issuers'
import { changeMemberRole, removeMember } from '@/lib/organizations/members'
import { createPermissionSet } from '@/lib/organizations/permission-sets'
import { createRole, type RoleRule } from '@/lib/organizations/roles'
import { changeSettings } from '@/lib/organizations/settings'
import { createOrganizationToken, createTeamToken } from '@/lib/organizations/shared-tokens'
import { addTeamRole, changeTeamMember, createTeam, setTeamGroups } from '@/lib/organizations/teams'
import { readLeftover } from '@/lib/rotation/leftovers'
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

const origin = { address: '198.51.100.7', requestId: 'request-1' }
const organization = 'acme'
const prod = { organization, project: 'shop', name: 'prod' }

describeOnEachDatabase('T20, A14: more than one has is not had by', () => {
  let admin: TestPerson
  let acme: TestOrganization
  let environment: Environment

  beforeAll(async () => {
    admin = await addPerson('admin-person')
    acme = await addOrganization(organization, { admin, defaultPermission: 'write' })
    environment = await addEnvironment(acme, 'shop/prod')
  })

  let count = 0
  const fresh = (prefix: string) => `${prefix}-${++count}`

  /** Somebody with a custom role, which takes the place of what members may do by default. */
  async function holder(scopes: OrganizationScope[], rules: RoleRule[] = []): Promise<TestPerson> {
    const person = await addPerson(fresh('person'))
    await addMember(acme, person, 'member')
    const { id: roleId } = await createRole(admin.actor, {
      organization,
      name: fresh('role'),
      organizationScopes: scopes,
      rules,
    })
    await changeMemberRole(admin.actor, { organization, login: person.login, roleId })
    return person
  }

  const onProd = (level: 'read' | 'open' | 'write' | 'admin'): RoleRule => ({
    where: { kind: 'environment', id: environment.id },
    level,
  })

  const everywhere = (level: 'open' | 'write'): RoleRule => ({ where: { kind: 'every_environment' }, level })

  const levelOf = (actor: Actor, name = 'prod') =>
    requireEnvironment(database(), actor, { ...prod, name, scope: 'environment:list' }).then(
      ({ level }) => level,
      (error) => {
        if (!isFailure(error)) throw error
        return 'none'
      },
    )

  const codeOf = async (attempt: Promise<unknown>) => (await refusal(attempt)).code

  const team = async () => (await createTeam(admin.actor, { organization, name: fresh('team') })).name

  it('the token of an empty team, which may do what members may', async () => {
    const scopes: OrganizationScope[] = ['team:create', 'team:create_token']
    const [nobody, writer] = [
      await holder(scopes),
      await holder(scopes, [{ where: { kind: 'every_environment' }, level: 'write' }]),
    ]
    const make = async ({ actor }: TestPerson) => {
      const { name } = await createTeam(actor, { organization, name: fresh('team') })
      return createTeamToken(actor, { organization, team: name, name: fresh('token') })
    }
    expect(await codeOf(make(nobody))).toBe('forbidden')
    const token = await actorFromToken((await make(writer)).tokenValue, origin)
    expect(token && (await levelOf(token))).toBe('write')
  })

  it('letting people of a group of single sign-on in as members', async () => {
    const scopes: OrganizationScope[] = ['team:update', 'org_member:add']
    const asMember = organizationScopeNames().filter((scope) => roleHolds('member', scope))
    const [nobody, equal] = [
      await holder(scopes),
      await holder([...scopes, ...asMember], [{ where: { kind: 'every_environment' }, level: 'write' }]),
    ]
    const groups = [{ issuer: 'https://login.example.com', group: 'mine' }]
    const name = await team()
    const set = ({ actor }: TestPerson) => setTeamGroups(actor, { organization, team: name, groups })
    const cannotAdd = await holder(
      ['team:update', ...asMember],
      [{ where: { kind: 'every_environment' }, level: 'write' }],
    )
    for (const person of [nobody, cannotAdd]) expect(await codeOf(set(person))).toBe('forbidden')
    expect((await set(equal)).groups).toEqual(groups)
  })

  it('raising what all members may do', async () => {
    const manager = await holder(['organization:update'], [onProd('admin')])
    const raise = (defaultPermission: 'write' | 'open') =>
      changeSettings(manager.actor, { organization, defaultPermission })
    await changeSettings(admin.actor, { organization, defaultPermission: 'open' })
    expect(await codeOf(raise('write'))).toBe('forbidden')
    await raise('open')
    expect((await changeSettings(manager.actor, { organization, displayName: 'Acme' })).displayName).toBe(
      'Acme',
    )
    await changeSettings(admin.actor, { organization, defaultPermission: 'write' })
  })

  it('removing members and taking over what they own', async () => {
    const manager = await holder(['org_member:delete'])
    const leave = async (over: { newOwner?: string }, { actor }: TestPerson) => {
      const person = await addPerson(fresh('person'))
      await addMember(acme, person, 'member')
      const { id, name } = await addEnvironment(acme, `shop/${fresh('own')}`, { owner: person })
      await removeMember(actor, { organization, login: person.login, ...over })
      const { ownerId } = await database().environment.findUniqueOrThrow({ where: { id } })
      return { ownerId, name }
    }
    const { ownerId, name } = await leave({}, manager)
    expect([ownerId, await levelOf(manager.actor, name)]).toEqual([admin.id, 'none'])
    expect(await codeOf(leave({ newOwner: manager.login }, manager))).toBe('forbidden')
    expect((await leave({ newOwner: manager.login }, admin)).ownerId).toBe(manager.id)
  })

  it('removing or demoting administrators', async () => {
    const second = await addPerson(fresh('admin'))
    await addMember(acme, second, 'admin')
    const manager = await holder(
      ['org_member:delete', 'org_member:update'],
      [{ where: { kind: 'every_environment' }, level: 'write' }],
    )
    const { login } = second
    const roleId = (
      await createRole(admin.actor, {
        organization,
        name: fresh('nothing'),
        organizationScopes: [],
        rules: [],
      })
    ).id
    expect(await codeOf(removeMember(manager.actor, { organization, login }))).toBe('forbidden')
    expect(await codeOf(changeMemberRole(manager.actor, { organization, login, roleId }))).toBe('forbidden')
    await changeMemberRole(admin.actor, { organization, login, roleId })
    await removeMember(manager.actor, { organization, login })
  })

  it('making oneself the owner of an environment', async () => {
    const { id: permissionSetId } = await createPermissionSet(admin.actor, {
      organization,
      name: fresh('set'),
      scopes: ['environment:list', 'environment:read', 'environment_access:update'],
    })
    const where = { kind: 'environment', id: environment.id } as const
    const some = await holder([], [{ where, permissionSetId }])
    const capped = await holder([], [{ where, level: 'admin', maxOpenDurationSeconds: 600 }])
    const full = await holder([], [onProd('admin')])
    const take = ({ actor, login }: TestPerson) => transferOwnership(actor, { ...prod, login })
    expect(await codeOf(take(some))).toBe('forbidden')
    expect(await codeOf(take(capped))).toBe('forbidden')
    await take(full)
    await database().environment.update({ where: { id: environment.id }, data: { ownerId: null } })
  })

  it('tagging an environment so that a role applies to it', async () => {
    const tag = fresh('tag')
    const writer = await holder([], [onProd('write'), { where: { kind: 'tag', name: tag }, level: 'admin' }])
    const add = (actor: Actor, name: string) =>
      createEnvironmentTag(actor, { ...prod, tag: name, value: 'x' })
    expect(await codeOf(add(writer.actor, tag))).toBe('forbidden')
    const other = fresh('tag')
    await add(writer.actor, other)
    const rename = { ...prod, tag: other, newName: tag }
    expect(await codeOf(updateEnvironmentTag(writer.actor, rename))).toBe('forbidden')
    expect(await levelOf(writer.actor)).toBe('write')
    // The twin: a role that gives no more than the writer has, and an administrator who wants it.
    const equal = fresh('tag')
    await holder([], [{ where: { kind: 'tag', name: equal, value: 'x' }, level: 'write' }])
    await add(writer.actor, equal)
    await add(admin.actor, tag)
    expect(await levelOf(writer.actor)).toBe('admin')
  })

  it('choosing the keys of an issuer whose policies give more', async () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'k' }
    const jwks = { keys: [jwk] }
    const url = `https://${fresh('issuer')}.example.com`
    const { id } = await registerIssuer(admin.actor, { organization, name: url, url, jwks })
    const manager = await holder(['oidc_issuers:update'])
    const mine = { ...jwk, kid: 'mine' }
    const choose = ({ actor }: TestPerson) =>
      updateIssuer(actor, { organization, id, name: url, jwks: { keys: [mine] } })
    await choose(manager)
    const allow = { tokenType: 'organization', rules: { sub: '*' }, authorizedPermissions: ['admin'] }
    await setPolicies(admin.actor, { organization, id, policies: [{ ...allow, decision: 'allow' }] })
    expect(await codeOf(choose(manager))).toBe('forbidden')
    await choose(admin)
    await setPolicies(admin.actor, { organization, id, policies: [{ ...allow, decision: 'deny' }] })
    await choose(manager)
  })

  it('a policy for the token of a team, which may do what members may', async () => {
    const jwks = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }] }
    const url = `https://${fresh('issuer')}.example.com`
    const { id } = await registerIssuer(admin.actor, { organization, name: url, url, jwks })
    const policies = [{ decision: 'allow', tokenType: 'team', teamName: await team(), rules: { sub: 'x' } }]
    const manager = await holder(['auth_policies:update'])
    expect(await codeOf(setPolicies(manager.actor, { organization, id, policies }))).toBe('forbidden')
    await setPolicies(admin.actor, { organization, id, policies })
  })

  it('an invitation into a team that became powerful, or by who may invite no more', async () => {
    const secretOf = ({ link }: { link: string }) => link.split('/').at(-1) ?? ''
    const accept = async (secret: string) => {
      const person = await addPerson(fresh('invited'))
      return acceptInvitation(person.actor, { secret })
    }
    const inviter = await addPerson(fresh('inviter'))
    await addMember(acme, inviter, 'admin')
    const name = await team()
    const powerful = await createRole(admin.actor, {
      organization,
      name: fresh('role'),
      organizationScopes: ['audit_logs:read'],
      rules: [],
    })
    await addTeamRole(admin.actor, { organization, team: name, roleId: powerful.id })
    const send = ({ actor } = inviter) => invite(actor, { organization, role: 'member', teams: [name] })
    const asMember = organizationScopeNames().filter((scope) => roleHolds('member', scope))
    const equal = await holder(['invites:create', ...asMember], [everywhere('write')])
    expect(await codeOf(send(equal))).toBe('forbidden')
    await invite(equal.actor, { organization, role: 'member', teams: [await team()] })
    const [first, second] = [await send(), await send()]
    await accept(secretOf(first))
    const plain = await invite(inviter.actor, { organization, role: 'member' })
    await changeMemberRole(admin.actor, { organization, login: inviter.login, role: 'member' })
    expect(await codeOf(accept(secretOf(second)))).toBe('forbidden')
    expect(await codeOf(accept(secretOf(plain)))).toBe('not_found')
  })

  it('an invitation by a token that is nobody’s', async () => {
    const { tokenValue } = await createOrganizationToken(admin.actor, {
      organization,
      name: fresh('token'),
      role: 'admin',
    })
    const token = await actorFromToken(tokenValue, origin)
    if (!token) throw new Error('the token is not accepted')
    expect(await codeOf(invite(token, { organization, role: 'member' }))).toBe('forbidden')
    expect((await invite(admin.actor, { organization, role: 'member' })).mail).toBe('off')
  })

  it('joining a team that lets others open', async () => {
    const gated = await addEnvironment(acme, `shop/${fresh('gated')}`)
    const name = await team()
    await createGate(admin.actor, {
      organization,
      project: 'shop',
      name: gated.name,
      title: 'Ask',
      enabled: true,
      actions: ['open'],
      approvalsRequired: 1,
      allowSelfApproval: true,
      reapproveOnChange: true,
      approvers: [{ kind: 'team', team: name }],
      bypassers: [],
    })
    const manager = await holder(['team:update'])
    await addGrant(gated, manager, 'read')
    const join = (actor: Actor, login: string) =>
      changeTeamMember(actor, { organization, team: name, login, action: 'add' })
    expect(await codeOf(join(manager.actor, manager.login))).toBe('forbidden')
    // The twins: who may open it, and who is in the team and may let others open.
    await join(admin.actor, manager.login)
    const other = await holder([])
    expect((await join(manager.actor, other.login)).members.map(({ login }) => login)).toContain(other.login)
  })

  it('a permission set of what one has in one place only', async () => {
    const manager = await holder(['role:update'], [onProd('admin'), everywhere('open')])
    const make = (scope: string) =>
      createPermissionSet(manager.actor, { organization, name: fresh('set'), scopes: [scope] })
    expect(await codeOf(make('environment:delete'))).toBe('forbidden')
    expect((await make('environment:open')).scopes).toEqual(['environment:open'])
  })

  it('saying who lets others open, or letting them, without opening oneself', async () => {
    const place = async () => ({
      ...prod,
      name: (await addEnvironment(acme, `shop/${fresh('closed')}`)).name,
    })
    const [gated, free] = [await place(), await place()]
    const { id: permissionSetId } = await createPermissionSet(admin.actor, {
      organization,
      name: fresh('set'),
      scopes: ['environment:list', 'environment:read', 'environment_access:update', 'change_gate:create'],
    })
    const manager = await holder([], [{ where: { kind: 'every_environment' }, permissionSetId }])
    const gate = (actions: ('open' | 'update')[]) =>
      createGate(manager.actor, {
        ...gated,
        title: fresh('gate'),
        enabled: true,
        actions,
        approvalsRequired: 1,
        allowSelfApproval: true,
        reapproveOnChange: true,
        approvers: [{ kind: 'person', login: manager.login }],
        bypassers: [],
      })
    expect(await codeOf(gate(['open']))).toBe('forbidden')
    await gate(['update'])
    const asking = await holder([])
    const environment = await database().environment.findFirstOrThrow({ where: { nameKey: free.name } })
    await addGrant(environment, asking, 'read')
    const times = { grantExpirationSeconds: 3600, accessDurationSeconds: 3600 }
    const [asked] = await requestOpen(asking.actor, { ...free, ...times })
    const approve = ({ actor }: TestPerson) =>
      approveChangeRequest(actor, { organization, id: asked?.id ?? '', revision: 1 })
    expect(await codeOf(approve(manager))).toBe('forbidden')
    await approve(admin)
  })

  it('A17: asking to open what imports something that one may not see', async () => {
    const [hidden, importing] = [fresh('hidden'), fresh('importing')]
    const make = (name: string, definition: string) =>
      createDefinedEnvironments(admin.actor, {
        organization,
        environments: [{ project: 'shop', name, definition }],
      })
    await make(hidden, 'values:\n  n: 1\n')
    await make(importing, `imports:\n  - shop/${hidden}\n`)
    const asking = await holder([])
    const environment = await database().environment.findFirstOrThrow({ where: { nameKey: importing } })
    await addGrant(environment, asking, 'read')
    const times = { grantExpirationSeconds: 3600, accessDurationSeconds: 3600 }
    const asked = await requestOpen(asking.actor, { ...prod, name: importing, ...times })
    expect(asked.map(({ name }) => name)).toEqual([importing])
    const other = await holder([])
    await addGrant(environment, other, 'read')
    const base = await database().environment.findFirstOrThrow({ where: { nameKey: hidden } })
    await addGrant(base, other, 'read')
    const both = await requestOpen(other.actor, { ...prod, name: importing, ...times })
    expect(both.map(({ name }) => name).sort()).toEqual([hidden, importing].sort())
  })

  it('A03: reading what a rotation left over, by who may rotate and not open', async () => {
    const { id: permissionSetId } = await createPermissionSet(admin.actor, {
      organization,
      name: fresh('set'),
      scopes: ['environment:list', 'environment:read', 'environment:rotate'],
    })
    const rotating = await holder([], [{ where: { kind: 'every_environment' }, permissionSetId }])
    const read = ({ actor }: TestPerson) => readLeftover(actor, { ...prod, id: 'none' })
    expect(await codeOf(read(rotating))).toBe('forbidden')
    expect(await codeOf(read(admin))).toBe('not_found')
  })

  it('opening by an import what may be open for a short time only', async () => {
    const base = await addEnvironment(acme, `shop/${fresh('base')}`)
    const where = { kind: 'environment', id: base.id } as const
    const capped = await holder(
      ['environment:create', 'environment_yaml:open'],
      [{ where, level: 'open', maxOpenDurationSeconds: 600 }],
    )
    const full = await holder(['environment:create', 'environment_yaml:open'], [{ where, level: 'open' }])
    const definition = `imports:\n  - shop/${base.name}\n`
    const opened = async ({ actor }: TestPerson) => {
      const mine = { organization, project: 'shop', name: fresh('mine') }
      await createDefinedEnvironments(actor, { organization, environments: [{ ...mine, definition }] })
      return [
        await openEnvironment(actor, { ...mine, durationSeconds: 3600 }),
        await openDefinition(actor, { organization, definition, durationSeconds: 3600 }),
      ].map(({ expiresAt }) => Math.ceil((Date.parse(expiresAt) - Date.now()) / 1000))
    }
    for (const seconds of await opened(capped)) expect(seconds).toBeLessThanOrEqual(600)
    for (const seconds of await opened(full)) expect(seconds).toBeGreaterThan(3000)
  })

  describe('a copy', () => {
    it('A03: of earlier revisions, or of who has access, by who may not see these', async () => {
      const source = await addEnvironment(acme, `shop/${fresh('source')}`)
      const { id: permissionSetId } = await createPermissionSet(admin.actor, {
        organization,
        name: fresh('set'),
        scopes: ['environment:list', 'environment:read', 'environment:open', 'environment:clone'],
      })
      const rule: RoleRule = { where: { kind: 'environment', id: source.id }, permissionSetId }
      const copier = await holder(['environment:create'], [rule])
      const copy = ({ actor }: TestPerson, over: object) =>
        cloneEnvironment(actor, {
          organization,
          project: 'shop',
          name: source.name,
          to: { name: fresh('copy') },
          ...over,
        })
      for (const more of [{ version: 1 }, { preserveHistory: true }, { preserveAccess: true }]) {
        expect(await codeOf(copy(copier, more))).toBe('forbidden')
        await copy(admin, more)
      }
      await copy(copier, {})
      const { id: opening } = await createPermissionSet(admin.actor, {
        organization,
        name: fresh('set'),
        scopes: ['environment:list', 'environment:read', 'environment:open'],
      })
      const opener = await holder(['environment:create'], [{ ...rule, permissionSetId: opening }])
      expect(await codeOf(copy(opener, {}))).toBe('forbidden')
    })
  })
})
