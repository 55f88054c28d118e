import { beforeAll, describe, expect, it } from 'vitest'
import { type Actor, operator } from '@/lib/access/actor'
import { levels } from '@/lib/access/levels'
import { requireEnvironment, requireOrganization } from '@/lib/access/require'
import { loadStanding } from '@/lib/access/standing'
import { environmentsAllowing } from '@/lib/access/visible'
import { database } from '@/lib/db'
import { saveEnvironment } from '@/lib/environments/save'
import type { Environment } from '@/lib/generated/prisma/client'
import { setDefaultOrganization, viewer } from '@/lib/organizations/viewer'
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

describeOnEachDatabase('authorization', () => {
  let admin: TestPerson
  let bob: TestPerson
  let stranger: TestPerson
  let acme: TestOrganization
  let other: TestOrganization
  let environment: Environment

  beforeAll(async () => {
    admin = await addPerson('admin-person')
    bob = await addPerson('bob')
    stranger = await addPerson('stranger')
    acme = await addOrganization('acme', { admin, members: [[bob, 'member']], defaultPermission: 'none' })
    other = await addOrganization('other', { admin: stranger })
    environment = await addEnvironment(acme, 'shop/prod', { owner: admin })
  })

  const ask = (
    actor: Actor,
    scope: 'environment:read' | 'environment:open' = 'environment:read',
    over = {},
  ) =>
    requireEnvironment(database(), actor, {
      organization: 'acme',
      project: 'shop',
      name: 'prod',
      scope,
      ...over,
    })

  const levelOf = async (person: TestPerson, name: string) =>
    ask(person.actor, 'environment:read', { name }).then(
      ({ level }) => level,
      () => 'none',
    )

  it('A01: of another organization looks like nothing at all', async () => {
    const hidden = await refusal(ask(stranger.actor))
    const absent = await refusal(ask(admin.actor, 'environment:read', { name: 'nothing' }))
    const nowhere = await refusal(ask(stranger.actor, 'environment:read', { organization: 'no-such' }))
    const withoutGrant = await refusal(ask(bob.actor))
    const words = [hidden, absent, nowhere, withoutGrant].map(({ code, message }) => `${code} ${message}`)
    expect(new Set(words)).toEqual(new Set([`not_found ${absent.message}`]))
    const organization = (name: string) =>
      requireOrganization(database(), stranger.actor, { organization: name, scope: 'organization:read' })
    const [foreign, unknown] = [await refusal(organization('acme')), await refusal(organization('no-such'))]
    expect([foreign.code, foreign.message]).toEqual([unknown.code, unknown.message])
    // The twins.
    expect((await ask(admin.actor)).environment.id).toBe(environment.id)
    expect((await organization('other')).organization.id).toBe(other.id)
  })

  it('A01: keeps organizations apart even when both have the same names', async () => {
    const mine = await addEnvironment(other, 'shop/prod', { owner: stranger })
    const found = await ask(stranger.actor, 'environment:read', { organization: 'other' })
    expect(found.environment.id).toBe(mine.id)
    await refusal(ask(stranger.actor))
  })

  it('A02: means the same environment whatever the case, and no other spelling', async () => {
    for (const name of ['prod', 'Prod', 'PROD']) {
      expect((await ask(admin.actor, 'environment:read', { name })).environment.id).toBe(environment.id)
    }
    for (const name of [
      'prod ',
      ' prod',
      'prod/',
      'prod%20',
      'p_od',
      'p%',
      'ｐｒｏｄ',
      './prod',
      'prod\u200b',
    ]) {
      expect((await refusal(ask(admin.actor, 'environment:read', { name }))).code).toBe('not_found')
    }
  })

  it('says which scope is missing to who may see it', async () => {
    const carol = await addPerson('carol')
    await addMember(acme, carol, 'member')
    await addGrant(environment, carol, 'read')
    expect((await ask(carol.actor)).level).toBe('read')
    const { code, details } = await refusal(ask(carol.actor, 'environment:open'))
    expect([code, details.scope]).toEqual(['forbidden', 'environment:open'])
  })

  it.each(levels.filter((level) => level !== 'none'))(
    'A03: gives by a direct grant exactly %s',
    async (level) => {
      const person = await addPerson(`direct-${level}`)
      await addMember(acme, person, 'member')
      await addGrant(environment, person, level, { maxOpenDurationSeconds: 600 })
      const allowed = await ask(person.actor)
      expect(allowed.level).toBe(level)
      expect(allowed.proof.through.kind).toBe('direct')
      if (level !== 'read') {
        expect((await ask(person.actor, 'environment:open')).maxOpenDurationSeconds).toBe(600)
      }
    },
  )

  it.each(['none', 'read', 'open', 'write'] as const)(
    'gives members the default permission %s',
    async (level) => {
      const organization = await addOrganization(`default-${level}`, { admin, defaultPermission: level })
      const [member, manager] = [await addPerson(`member-${level}`), await addPerson(`billing-${level}`)]
      await addMember(organization, member, 'member')
      await addMember(organization, manager, 'billing_manager')
      await addEnvironment(organization, 'a/b')
      const of = (person: TestPerson) =>
        ask(person.actor, 'environment:read', {
          organization: organization.name,
          project: 'a',
          name: 'b',
        }).then(
          (permission) => permission.level,
          () => 'none',
        )
      expect([await of(member), await of(manager), await of(admin)]).toEqual([level, 'none', 'admin'])
    },
  )

  it('makes the creator admin, of this environment only, and only while a member', async () => {
    const dora = await addPerson('dora')
    await addMember(acme, dora, 'member')
    await addEnvironment(acme, 'shop/dora', { owner: dora })
    expect([await levelOf(dora, 'dora'), await levelOf(dora, 'prod')]).toEqual(['admin', 'none'])
    await database().member.deleteMany({ where: { personId: dora.id, organizationId: acme.id } })
    expect(await levelOf(dora, 'dora')).toBe('none')
  })

  it('refuses a save to who may not write before a word of the text is looked at', async () => {
    const otto = await addPerson('otto')
    await addMember(acme, otto, 'member')
    await addGrant(environment, otto, 'read')
    const text = { organization: 'acme', project: 'shop', name: 'prod', definition: 'imports: 7\n' }
    expect((await refusal(saveEnvironment(otto.actor, text))).code).toBe('forbidden')
    expect((await refusal(saveEnvironment(stranger.actor, text))).code).toBe('not_found')
    expect((await refusal(saveEnvironment(admin.actor, text))).code).toBe('diagnostics')
  })

  it('A07, A15: decides by what is true now', async () => {
    const erin = await addPerson('erin')
    await addMember(acme, erin, 'admin')
    expect(await levelOf(erin, 'prod')).toBe('admin')
    await database().member.updateMany({ where: { personId: erin.id }, data: { role: 'member' } })
    expect(await levelOf(erin, 'prod')).toBe('none')
    const grant = await addGrant(environment, erin, 'open')
    expect(await levelOf(erin, 'prod')).toBe('open')
    await database().environmentGrant.delete({ where: { id: grant.id } })
    expect(await levelOf(erin, 'prod')).toBe('none')
  })

  it('T16: refuses a disabled person even where the door was passed', async () => {
    const frank = await addPerson('frank')
    await addMember(acme, frank, 'admin')
    expect(await levelOf(frank, 'prod')).toBe('admin')
    await database().person.update({ where: { id: frank.id }, data: { disabledAt: new Date() } })
    expect(await levelOf(frank, 'prod')).toBe('none')
  })

  it('A09: gives nothing on a namesake of a deleted environment', async () => {
    const gina = await addPerson('gina')
    await addMember(acme, gina, 'member')
    const first = await addEnvironment(acme, 'shop/phoenix')
    await addGrant(first, gina, 'admin')
    expect(await levelOf(gina, 'phoenix')).toBe('admin')
    await database().environment.update({ where: { id: first.id }, data: { deletedAt: new Date() } })
    expect(await levelOf(gina, 'phoenix')).toBe('none')
    await addEnvironment(acme, 'shop/phoenix')
    expect(await levelOf(gina, 'phoenix')).toBe('none')
    expect(await levelOf(admin, 'phoenix')).toBe('admin')
  })

  it('ignores a grant that names the environment of another organization', async () => {
    const hans = await addPerson('hans')
    await addMember(other, hans, 'member')
    await database().organization.update({ where: { id: other.id }, data: { defaultPermission: 'none' } })
    await database().environmentGrant.create({
      data: {
        organizationId: other.id,
        environmentId: environment.id,
        principalKind: 'person',
        principalId: hans.id,
        level: 'admin',
      },
    })
    expect((await refusal(ask(hans.actor))).code).toBe('not_found')
  })

  it('knows no organization token or team that has no row, and the operator everywhere', async () => {
    const token: Actor = {
      ...operator,
      principal: { kind: 'organization', id: acme.id, name: 'x', role: 'admin' },
      credential: { kind: 'organization', id: 'x', name: 'x' },
    }
    expect((await refusal(ask(token))).code).toBe('not_found')
    const team: Actor = {
      ...operator,
      principal: { kind: 'team', id: 't', name: 'ops', organizationId: acme.id },
    }
    expect((await refusal(ask(team))).code).toBe('not_found')
    expect((await ask(operator)).level).toBe('admin')
  })

  it('A17: lists exactly what each may see', async () => {
    const visible = async (actor: Actor) => {
      const standing = await loadStanding(database(), actor, { name: 'acme' })
      if (!standing) return 'nothing'
      const rows = await database().environment.findMany({
        where: {
          AND: [
            { organizationId: standing.organization.id, deletedAt: null },
            environmentsAllowing(standing.grants, 'environment:list'),
          ],
        },
        select: { name: true },
        orderBy: { name: 'asc' },
      })
      return rows.map(({ name }) => name).join(' ')
    }
    const ines = await addPerson('ines')
    await addMember(acme, ines, 'member')
    expect(await visible(ines.actor)).toBe('')
    await addGrant(environment, ines, 'read')
    await addEnvironment(acme, 'shop/ines', { owner: ines })
    expect(await visible(ines.actor)).toBe('ines prod')
    expect(await visible(stranger.actor)).toBe('nothing')
    expect((await visible(admin.actor)).split(' ')).toEqual(expect.arrayContaining(['ines', 'prod', 'dora']))
  })

  it('of organization scopes follows the role', async () => {
    const holds = async (
      person: TestPerson,
      scope: 'environment:create' | 'audit_logs:read' | 'organization:billing',
    ) =>
      requireOrganization(database(), person.actor, { organization: 'ACME', scope }).then(
        () => 'yes',
        (error) => error.code,
      )
    const bill = await addPerson('bill')
    await addMember(acme, bill, 'billing_manager')
    expect(await holds(bob, 'environment:create')).toBe('yes')
    expect(await holds(bob, 'audit_logs:read')).toBe('forbidden')
    expect(await holds(bob, 'organization:billing')).toBe('forbidden')
    expect(await holds(bill, 'organization:billing')).toBe('yes')
    expect(await holds(bill, 'environment:create')).toBe('forbidden')
    expect(await holds(admin, 'audit_logs:read')).toBe('yes')
    expect(await holds(stranger, 'environment:create')).toBe('not_found')
  })

  describe('the viewer', () => {
    it('sees their organizations and chooses the first among them', async () => {
      const names = async () =>
        (await viewer(bob.actor)).organizations.map(({ name, role }) => `${name} ${role}`)
      expect(await names()).toEqual(['bob admin', 'acme member'])
      expect((await viewer(bob.actor)).defaultOrganization).toBe('bob')
      await setDefaultOrganization(bob.actor, { organization: 'Acme' })
      expect((await viewer(bob.actor)).defaultOrganization).toBe('acme')
      expect((await refusal(setDefaultOrganization(bob.actor, { organization: 'other' }))).code).toBe(
        'not_found',
      )
    })
  })
})
