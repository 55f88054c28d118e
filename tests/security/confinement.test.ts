/** What belongs to one organization is worth nothing in another, and what only a person can do takes a whole person. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { startCliLogin } from '@/lib/access/cli-login'
import { permissionOn, requireEnvironment } from '@/lib/access/require'
import { listSessions, revokeSession, startSession } from '@/lib/access/sessions'
import { changePassword } from '@/lib/access/signin'
import { loadStanding } from '@/lib/access/standing'
import { actorFromToken } from '@/lib/access/tokens'
import { createGate, type GateFields, listGates } from '@/lib/approvals/gates'
import { approvalState } from '@/lib/approvals/state'
import { database } from '@/lib/db'
import { browseEnvironments } from '@/lib/environments/browse'
import { checkDefinition, checkEnvironment } from '@/lib/environments/check'
import { createDefinedEnvironments } from '@/lib/environments/create-defined'
import { listDeleted } from '@/lib/environments/deleted'
import { createEnvironmentTag, listOrganizationTags } from '@/lib/environments/environment-tags'
import { listEnvironments } from '@/lib/environments/list'
import { newestRevisions } from '@/lib/environments/newest-revisions'
import { listReferrers } from '@/lib/environments/referrers'
import type { Environment } from '@/lib/generated/prisma/client'
import { listGrants, removeGrant, setGrant } from '@/lib/organizations/environment-access'
import { type ExplainedSubject, explain } from '@/lib/organizations/explain'
import { heldScopes } from '@/lib/organizations/held-scopes'
import { acceptInvitation, invite, listInvitations } from '@/lib/organizations/invitations'
import { changeMemberRole, listMembers, removeMember } from '@/lib/organizations/members'
import { createPermissionSet, listPermissionSets } from '@/lib/organizations/permission-sets'
import { createRole } from '@/lib/organizations/roles'
import { createOrganization } from '@/lib/organizations/settings'
import { createOrganizationToken, createTeamToken, listSharedTokens } from '@/lib/organizations/shared-tokens'
import { listTeamGrants } from '@/lib/organizations/team-grants'
import { createTeam, listTeams } from '@/lib/organizations/teams'
import { whoHasAccess } from '@/lib/organizations/who-has-access'
import { listRotatedPaths } from '@/lib/rotation/rotated-paths'
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

  describe('A01: lists of one organization', () => {
    const marked = (organization: TestOrganization) => `only-in-${organization.name}`

    beforeAll(async () => {
      for (const organization of [ours, theirs]) await furnish(organization)
    })

    /** One of everything, by a name that tells where it is. */
    async function furnish(organization: TestOrganization) {
      const name = marked(organization)
      const inside = { organization: organization.name }
      const made = await addEnvironment(organization, `shop/${name}`)
      await createEnvironmentTag(admin.actor, { ...inside, project: 'shop', name, tag: 'place', value: name })
      await createTeam(admin.actor, { ...inside, name })
      await setGrant(admin.actor, { ...inside, project: 'shop', name, team: name, level: 'read' })
      await createPermissionSet(admin.actor, { ...inside, name, scopes: ['environment:list'] })
      await createOrganizationToken(admin.actor, { ...inside, name, role: 'member' })
      await createTeamToken(admin.actor, { ...inside, name: `${name}-team`, team: name })
      await invite(admin.actor, { ...inside, role: 'member', email: `${name}@example.com` })
      await createGate(admin.actor, { ...inside, project: 'shop', name, ...gate(name) })
      const gone = await addEnvironment(organization, `shop/${name}-gone`)
      await database().environment.update({ where: { id: gone.id }, data: { deletedAt: new Date() } })
      const alone = await addPerson(name)
      await addMember(organization, alone, 'admin')
      return made
    }

    const gate = (title: string): GateFields => ({
      title,
      enabled: true,
      actions: ['update'],
      approvalsRequired: 1,
      allowSelfApproval: false,
      reapproveOnChange: true,
      approvers: [{ kind: 'permission', scope: 'environment:write' }],
      bypassers: [],
    })

    type List = (of: { organization: string }, name: string) => Promise<unknown>
    it.each<[string, List]>([
      ['browsing', (of) => browseEnvironments(admin.actor, of)],
      ['environments', (of) => listEnvironments(admin.actor, of)],
      ['deleted environments', (of) => listDeleted(admin.actor, of)],
      ['tags', (of) => listOrganizationTags(admin.actor, of)],
      ['gates', (of) => listGates(admin.actor, of)],
      ['teams', (of) => listTeams(admin.actor, of)],
      ['grants of a team', (of, team) => listTeamGrants(admin.actor, { ...of, team })],
      ['permission sets', (of) => listPermissionSets(admin.actor, of)],
      ['tokens', (of) => listSharedTokens(admin.actor, of)],
      ['tokens of a team', (of, team) => listSharedTokens(admin.actor, { ...of, team })],
      ['invitations', (of) => listInvitations(admin.actor, of)],
      ['members', (of) => listMembers(admin.actor, of)],
      ['who has access', (of, name) => whoHasAccess(admin.actor, { ...of, project: 'shop', name })],
      [
        'newest revisions',
        (of) => newestRevisions(admin.actor, { ...of, names: ['shop/only-in-ours', 'shop/only-in-theirs'] }),
      ],
    ])('%s', async (_, list) => {
      for (const [here, there] of [
        [ours, theirs],
        [theirs, ours],
      ] as const) {
        const text = JSON.stringify(await list({ organization: here.name }, marked(here)))
        expect(text).toContain(marked(here))
        expect(text).not.toContain(marked(there))
      }
    })

    it('of what can be seen are empty for who sees nothing', async () => {
      const { actor } = member
      const of = { organization: 'ours' }
      const name = marked(ours)
      const lists = [
        browseEnvironments(actor, of),
        listEnvironments(actor, of),
        listDeleted(actor, of),
        listOrganizationTags(actor, of),
        listGates(actor, of),
        listTeamGrants(actor, { ...of, team: name }),
        newestRevisions(actor, { ...of, names: [`shop/${name}`] }),
      ]
      for (const list of await Promise.all(lists)) expect(JSON.stringify(list)).not.toContain(name)
      const hidden = { ...of, project: 'shop', name }
      const refused = [
        listGates(actor, { ...of, environment: hidden }),
        listGrants(actor, hidden),
        whoHasAccess(actor, hidden),
        approvalState(actor, hidden),
        listRotatedPaths(actor, hidden),
        checkDefinition(actor, { ...of, definition: 'values: {}\n', environment: { project: 'shop', name } }),
      ].map(async (attempt) => (await refusal(attempt)).code)
      expect(new Set(await Promise.all(refused))).toEqual(new Set(['not_found']))
    })

    it('are refused to who manages something else', async () => {
      const person = await addPerson(fresh('narrow'))
      await addMember(ours, person, 'member')
      const { id: roleId } = await createRole(admin.actor, {
        organization: 'ours',
        name: fresh('narrow'),
        organizationScopes: [],
        rules: [],
      })
      const of = { organization: 'ours' }
      const asked = () => [
        listPermissionSets(person.actor, of),
        listTeamGrants(person.actor, { ...of, team: marked(ours) }),
      ]
      await Promise.all(asked())
      expect([...(await heldScopes(person.actor, of))]).toContain('team:read')
      await changeMemberRole(admin.actor, { ...of, login: person.login, roleId })
      const refused = await Promise.all(asked().map(refusal))
      expect(refused.map(({ code }) => code)).toEqual(['forbidden', 'forbidden'])
      expect([...(await heldScopes(person.actor, of))]).toEqual(['organization:read'])
      const stranger = await addPerson(fresh('stranger'))
      expect((await refusal(heldScopes(stranger.actor, of))).code).toBe('not_found')
    })
  })

  describe('A01: what happens in one organization', () => {
    it('leaves a person who is removed what they have in another', async () => {
      const person = await addPerson(fresh('both'))
      const own = new Map<string, string>()
      for (const organization of [ours, theirs]) {
        await addMember(organization, person, 'member')
        const { id, name } = await addEnvironment(organization, `shop/${fresh('own')}`, { owner: person })
        own.set(organization.name, id)
        const of = { organization: organization.name }
        await setGrant(admin.actor, { ...of, project: 'shop', name, login: person.login, level: 'read' })
        const { id: teamId } = await team(organization)
        await database().teamMember.create({ data: { teamId, personId: person.id } })
        await database().openSession.create({
          data: {
            organizationId: organization.id,
            environmentId: id,
            personId: person.id,
            sealed: Buffer.from('x'),
            expiresAt: new Date(Date.now() + 3_600_000),
          },
        })
      }
      const counts = async ({ id: organizationId, name }: TestOrganization) => [
        await database().environmentGrant.count({ where: { organizationId, principalId: person.id } }),
        await database().teamMember.count({ where: { personId: person.id, team: { organizationId } } }),
        await database().openSession.count({
          where: { organizationId, personId: person.id, closedAt: null },
        }),
        await database().environment.count({ where: { id: own.get(name) ?? '', ownerId: person.id } }),
      ]
      expect([await counts(ours), await counts(theirs)]).toEqual([
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ])
      await removeMember(person.actor, { organization: 'ours', login: person.login })
      expect([await counts(ours), await counts(theirs)]).toEqual([
        [0, 0, 0, 0],
        [1, 1, 1, 1],
      ])
    })

    it('hands environments over to an administrator of it', async () => {
      const [leaving, heir] = [await addPerson(fresh('leaving')), await addPerson(fresh('heir'))]
      await addOrganization(fresh('older'), { admin: await addPerson(fresh('oldest')) })
      const later = await addOrganization(fresh('later'), { admin: leaving })
      const { id } = await addEnvironment(later, 'shop/own', { owner: leaving })
      await addMember(later, heir, 'admin')
      await removeMember(leaving.actor, { organization: later.name, login: leaving.login })
      expect((await database().environment.findUniqueOrThrow({ where: { id } })).ownerId).toBe(heir.id)
    })

    it('takes no permission set, and no rule about tags, from another', async () => {
      const [name, tag] = [fresh('set'), fresh('tag')]
      const set = await createPermissionSet(admin.actor, {
        organization: 'theirs',
        name,
        scopes: ['environment:list'],
      })
      const rules = (permissionSetId: string) => [
        { where: { kind: 'every_environment' as const }, permissionSetId },
      ]
      const input = { name: fresh('role'), organizationScopes: [] }
      const borrowed = createRole(admin.actor, { ...input, organization: 'ours', rules: rules(set.id) })
      expect((await refusal(borrowed)).code).toBe('invalid')
      await createRole(admin.actor, { ...input, organization: 'theirs', rules: rules(set.id) })
      await createRole(admin.actor, {
        ...input,
        name: fresh('role'),
        organization: 'theirs',
        rules: [{ where: { kind: 'tag', name: tag }, level: 'admin' }],
      })
      const writer = await addPerson(fresh('writer'))
      await addMember(ours, writer, 'member')
      await setGrant(admin.actor, { ...prod, login: writer.login, level: 'write' })
      const made = await createEnvironmentTag(writer.actor, { ...prod, tag, value: 'x' })
      expect(made.name).toBe(tag)
    })

    it('imports its own, whatever another has by the same name', async () => {
      const name = fresh('valued')
      for (const { name: organization } of [ours, theirs]) {
        const definition = `values:\n  place: in-${organization}\n`
        await createDefinedEnvironments(admin.actor, {
          organization,
          environments: [{ project: 'shop', name, definition }],
        })
      }
      for (const [here, there] of [
        ['ours', 'theirs'],
        ['theirs', 'ours'],
      ] as const) {
        const definition = `imports:\n  - shop/${name}\n`
        const checked = await checkDefinition(admin.actor, { organization: here, definition })
        const text = JSON.stringify(checked)
        expect([text.includes(`in-${here}`), text.includes(`in-${there}`)]).toEqual([true, false])
      }
    })

    it('is used by nothing of another that has the same name', async () => {
      const name = fresh('base')
      for (const organization of [ours, theirs]) {
        await addEnvironment(organization, `shop/${name}`)
        // By name it comes first, by uses only where nothing uses the other.
        await addEnvironment(organization, `shop/a-${name}`)
      }
      const user = { project: 'shop', name: fresh('user'), definition: `imports:\n  - shop/${name}\n` }
      await createDefinedEnvironments(admin.actor, { organization: 'theirs', environments: [user] })
      const uses = async (organization: string) => {
        const referrers = await listReferrers(admin.actor, { organization, project: 'shop', name })
        const browsing = { organization, project: 'shop', search: name, order: 'used' as const }
        const page = await browseEnvironments(admin.actor, browsing)
        const [first] = page.groups.flatMap(({ environments }) => environments)
        return [
          JSON.stringify(referrers).includes(user.name),
          referrers.hidden,
          JSON.stringify(page).includes('"usedBy":1'),
          first?.name,
        ]
      }
      expect([await uses('ours'), await uses('theirs')]).toEqual([
        [false, 0, false, `a-${name}`],
        [true, 0, true, name],
      ])
    })
  })

  it('A17: explanations say no more than there is, and nothing of others', async () => {
    const reader = await addPerson(fresh('reader'))
    await addMember(ours, reader, 'member')
    const of = { organization: 'ours', project: 'shop' }
    const name = fresh('importing')
    const definition = 'imports:\n  - shop/prod\n'
    await createDefinedEnvironments(admin.actor, {
      ...of,
      environments: [{ project: 'shop', name, definition }],
    })
    await setGrant(admin.actor, { ...of, name, login: reader.login, level: 'open' })
    const ask = (name: string, subject: ExplainedSubject) => explain(admin.actor, { ...of, name, subject })
    const importing = await ask(name, { login: reader.login })
    expect(importing).toMatchObject({
      level: 'open',
      imports: [{ environment: 'shop/prod', canOpen: false }],
      canOpen: false,
    })
    await setGrant(admin.actor, { ...prod, login: reader.login, level: 'read' })
    expect(await ask('prod', { login: reader.login })).toMatchObject({ level: 'read', canOpen: false })
    await setGrant(admin.actor, { ...prod, login: reader.login, level: 'open' })
    expect(await ask(name, { login: reader.login })).toMatchObject({ canOpen: true })
    for (const [organization, tells] of [
      ['theirs', false],
      ['ours', true],
    ] as const) {
      const { id } = await createOrganizationToken(admin.actor, {
        organization,
        name: fresh('token'),
        role: 'admin',
      })
      const answer = ask('prod', { tokenId: id })
      if (tells) expect((await answer).level).toBe('admin')
      else expect((await refusal(answer)).code).toBe('not_found')
    }
  })

  it('A03, A17: an import shows its secrets only to who may open it, and its importers only to who may see them', async () => {
    const person = await addPerson(fresh('importer'))
    await addMember(ours, person, 'member')
    const of = { organization: 'ours', project: 'shop' }
    const [base, mine, hidden] = [fresh('base'), fresh('mine'), fresh('hidden')]
    const make = ({ actor }: TestPerson, name: string, definition: string) =>
      createDefinedEnvironments(actor, { ...of, environments: [{ project: 'shop', name, definition }] })
    await make(admin, base, 'values:\n  token:\n    fn::secret: hunter2hunter2\n')
    await make(admin, hidden, `imports:\n  - shop/${base}\n`)
    await setGrant(admin.actor, { ...of, name: base, login: person.login, level: 'read' })
    await make(person, mine, `imports:\n  - shop/${base}\n`)
    const shown = async () =>
      JSON.stringify(await checkEnvironment(person.actor, { ...of, name: mine, showSecrets: true }))
    expect(await shown()).not.toContain('hunter2hunter2')
    const referrers = await listReferrers(person.actor, { ...of, name: base })
    expect([JSON.stringify(referrers).includes(hidden), referrers.hidden]).toEqual([false, 1])
    await setGrant(admin.actor, { ...of, name: base, login: person.login, level: 'open' })
    await setGrant(admin.actor, { ...of, name: hidden, login: person.login, level: 'read' })
    expect(await shown()).toContain('hunter2hunter2')
    expect(JSON.stringify(await listReferrers(person.actor, { ...of, name: base }))).toContain(hidden)
  })

  it('A03: who may not create is told so before a word of the text is looked at', async () => {
    const person = await addPerson(fresh('narrow'))
    await addMember(ours, person, 'member')
    const environments = [{ project: 'shop', name: fresh('new'), definition: 'imports: 7\n' }]
    const create = () => createDefinedEnvironments(person.actor, { organization: 'ours', environments })
    expect((await refusal(create())).code).toBe('diagnostics')
    const { id: roleId } = await createRole(admin.actor, {
      organization: 'ours',
      name: fresh('narrow'),
      organizationScopes: [],
      rules: [],
    })
    await changeMemberRole(admin.actor, { organization: 'ours', login: person.login, roleId })
    expect((await refusal(create())).code).toBe('forbidden')
  })

  it('A17: an import that one may not see is told from none by nothing', async () => {
    const check = (name: string) =>
      checkDefinition(member.actor, { organization: 'ours', definition: `imports:\n  - shop/${name}\n` })
    const told = async (name: string) => JSON.stringify((await check(name)).diagnostics).replaceAll(name, 'x')
    expect(await told('prod')).toBe(await told('none'))
    expect((await check('prod')).diagnostics.map(({ code }) => code)).toEqual(['import'])
    await setGrant(admin.actor, { ...prod, login: member.login, level: 'read' })
    expect((await check('prod')).diagnostics).toEqual([])
    await removeGrant(admin.actor, { ...prod, login: member.login })
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
