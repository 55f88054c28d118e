import { beforeAll, describe, expect, it } from 'vitest'
import { database } from '@/lib/db'
import { auditHeader, formatAuditEntry } from '@/lib/organizations/audit-formats'
import { auditLog, exportAuditLog, verifyAuditLog } from '@/lib/organizations/audit-log'
import { setGrant } from '@/lib/organizations/environment-access'
import { type ExplainedSubject, explain } from '@/lib/organizations/explain'
import { changeMemberRole } from '@/lib/organizations/members'
import { createRole } from '@/lib/organizations/roles'
import { createOrganizationToken } from '@/lib/organizations/shared-tokens'
import { addTeamRole, changeTeamMember, createTeam } from '@/lib/organizations/teams'
import { whoHasAccess } from '@/lib/organizations/who-has-access'
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

const organization = 'acme'

describeOnEachDatabase('explanations', () => {
  let admin: TestPerson
  let reader: TestPerson
  let bob: TestPerson
  let acme: TestOrganization
  let roleId: string

  beforeAll(async () => {
    admin = await addPerson('admin-person')
    reader = await addPerson('reader')
    bob = await addPerson('bob')
    acme = await addOrganization(organization, { admin, defaultPermission: 'none' })
    for (const person of [reader, bob]) await addMember(acme, person, 'member')
    const app = await addEnvironment(acme, 'shop/app')
    const base = await addEnvironment(acme, 'shop/base')
    await addEnvironment(acme, 'shop/hidden')
    await references(app.id, ['shop/base'])
    await references(base.id, ['shop/hidden', 'shop/missing'])
    // A01: what another organization calls so is not the one that is missing here.
    const elsewhere = await addOrganization('elsewhere', { admin: await addPerson('foreign-admin') })
    await addEnvironment(elsewhere, 'shop/missing')
    await setGrant(admin.actor, {
      organization,
      project: 'shop',
      name: 'app',
      login: 'reader',
      level: 'read',
    })
    await createTeam(admin.actor, { organization, name: 'ops' })
    const rules = [{ where: { kind: 'project' as const, key: 'shop' }, level: 'open' as const }]
    const role = await createRole(admin.actor, {
      organization,
      name: 'Opener',
      organizationScopes: [],
      rules,
    })
    roleId = role.id
    await addTeamRole(admin.actor, { organization, team: 'ops', roleId })
    await changeTeamMember(admin.actor, { organization, team: 'ops', login: 'bob', action: 'add' })
    await setGrant(admin.actor, {
      organization,
      project: 'shop',
      name: 'app',
      team: 'ops',
      level: 'write',
      maxOpenDurationSeconds: 600,
    })
  })

  async function references(environmentId: string, targets: string[]): Promise<void> {
    for (const target of targets) {
      const [targetProject = '', targetName = ''] = target.split('/')
      await database().revisionReference.create({
        data: { organizationId: acme.id, environmentId, revision: 1, targetProject, targetName },
      })
    }
  }

  const ask = (viewer: TestPerson, subject: ExplainedSubject, name = 'app') =>
    explain(viewer.actor, { organization, project: 'shop', name, subject })

  it('say yes or no for each level, and through which grants', async () => {
    const { level, levels } = await ask(admin, { login: 'bob' })
    expect(level).toBe('write')
    const byTeam = { kind: 'team', team: 'ops', maxOpenDurationSeconds: 600 }
    const byRole = { kind: 'custom_role', team: 'ops', role: 'Opener' }
    expect(levels).toEqual([
      { level: 'read', allowed: true, through: [byRole, byTeam] },
      { level: 'open', allowed: true, through: [byRole, byTeam] },
      { level: 'write', allowed: true, through: [byTeam] },
      { level: 'admin', allowed: false, through: [] },
    ])
  })

  it('follow imports, and say whether an open would succeed', async () => {
    const all = await ask(admin, { login: 'bob' })
    expect(all.imports).toEqual([
      { environment: 'shop/base', canOpen: true },
      { environment: 'shop/hidden', canOpen: true },
      { canOpen: false },
    ])
    expect(all.canOpen).toBe(false)
    await database().revisionReference.deleteMany({ where: { targetName: 'missing' } })
    expect((await ask(admin, { login: 'bob' })).canOpen).toBe(true)
    expect((await ask(admin, { login: 'reader' })).canOpen).toBe(false)
  })

  it('A17: never name what the viewer may not see', async () => {
    const seen = await ask(reader, { login: 'bob' })
    expect(JSON.stringify(seen)).not.toMatch(/base|hidden/)
    expect(seen.imports.every(({ environment }) => environment === undefined)).toBe(true)
    expect((await refusal(ask(reader, { login: 'bob' }, 'hidden'))).code).toBe('not_found')
    const billing = await addPerson('billing')
    await addMember(acme, billing, 'billing_manager')
    await setGrant(admin.actor, {
      organization,
      project: 'shop',
      name: 'app',
      login: 'billing',
      level: 'read',
    })
    expect(JSON.stringify(await ask(billing, { login: 'bob' }))).not.toMatch(/ops|Opener/)
    expect((await refusal(ask(admin, { login: 'nobody-here' }))).code).toBe('not_found')
  })

  it('are about teams, roles and tokens, too', async () => {
    const { id: tokenId } = await createOrganizationToken(admin.actor, {
      organization,
      name: 'ci',
      role: 'admin',
    })
    expect((await ask(admin, { team: 'ops' })).level).toBe('write')
    expect((await ask(admin, { roleId })).level).toBe('open')
    expect((await ask(admin, { tokenId })).level).toBe('admin')
  })

  it('agree with what is then allowed', async () => {
    const { members } = await whoHasAccess(admin.actor, { organization, project: 'shop', name: 'app' })
    expect(members.map(({ login, level }) => `${login} ${level}`)).toEqual(
      expect.arrayContaining(['admin-person admin', 'bob write', 'reader read']),
    )
    await changeMemberRole(admin.actor, { organization, login: 'bob', role: 'admin' })
    expect((await ask(admin, { login: 'bob' })).level).toBe('admin')
    await changeMemberRole(admin.actor, { organization, login: 'bob', role: 'member' })
  })

  describe('the audit log', () => {
    it('has every step, newest first, in pages, and verifies', async () => {
      const first = await auditLog(admin.actor, { organization, limit: 3 })
      const second = await auditLog(admin.actor, { organization, limit: 3, cursor: first.next ?? '' })
      const sequences = [...first.entries, ...second.entries].map(({ sequence }) => sequence)
      expect(sequences).toEqual([...sequences].sort((one, other) => other - one))
      expect(new Set(sequences).size).toBe(6)
      const all: string[] = []
      for await (const batch of exportAuditLog(admin.actor, { organization })) {
        all.push(...batch.map(({ event }) => event))
      }
      for (const event of [
        'organization-created',
        'team-created',
        'custom-role-created',
        'team-updated',
        'environment-access-updated',
        'organization-token-created',
        'member-role-changed',
      ]) {
        expect(all).toContain(event)
      }
      expect(await verifyAuditLog(admin.actor, { organization })).toMatchObject({ intact: true })
    })

    it('is filtered by event, user, environment and time', async () => {
      const count = async (filter: object) =>
        (await auditLog(admin.actor, { organization, ...filter })).entries.length
      expect(await count({ event: 'team-created' })).toBe(1)
      expect(await count({ user: 'ADMIN-person', event: 'team-created' })).toBe(1)
      expect(await count({ user: 'bob' })).toBe(0)
      expect(await count({ environment: 'Shop/App' })).toBeGreaterThan(0)
      expect(await count({ to: '2020-01-01T00:00:00Z' })).toBe(0)
      expect(await count({ from: '2020-01-01T00:00:00Z', event: 'team-created' })).toBe(1)
      const wrong = auditLog(admin.actor, { organization, from: 'yesterday' })
      expect((await refusal(wrong)).details.field).toBe('from')
      const cursor = auditLog(admin.actor, { organization, cursor: '1; DROP TABLE' })
      expect((await refusal(cursor)).code).toBe('invalid')
    })

    it('is for administrators of this organization only', async () => {
      expect((await refusal(auditLog(reader.actor, { organization }))).code).toBe('forbidden')
      expect((await refusal(exportAuditLog(reader.actor, { organization }).next())).code).toBe('forbidden')
      expect((await refusal(verifyAuditLog(reader.actor, { organization }))).code).toBe('forbidden')
      const stranger = await addPerson('stranger')
      expect((await refusal(auditLog(stranger.actor, { organization }))).code).toBe('not_found')
    })
  })
})

describe('U03, W05: exported audit entries', () => {
  const entry = {
    sequence: 7,
    at: '2026-01-02T03:04:05.000Z',
    event: 'team-created',
    description: '=HYPERLINK("http://evil")',
    user: { kind: 'person', id: 'u1', login: '+cmd|x' },
    credential: { kind: 'session', id: 's1' },
    address: '198.51.100.7',
    requestId: 'r\r\n1',
    environment: { id: 'e1', name: 'a=b\\c' },
    data: {},
    hash: 'ff',
  }

  it('are inert in a spreadsheet', () => {
    const line = formatAuditEntry(entry, 'csv')
    expect(line).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(line).toContain(`,'+cmd|x,`.replace(',', '').slice(0, -1))
    expect(line).toContain('"r\r\n1"')
    expect(auditHeader('csv').split(',')).toHaveLength(11)
  })

  it('stay one cell each, wherever a spreadsheet divides cells', () => {
    const hostile = ['a;=1+1', 'a\t=1+1', '\n=1+1', '＝1+1', '－1', '@x', 'plain']
    const cells = hostile.map((description) => {
      const line = formatAuditEntry({ ...entry, description }, 'csv')
      return line.slice(line.indexOf('team-created,') + 'team-created,'.length, line.indexOf(',a=b'))
    })
    expect(cells).toEqual(['"a;=1+1"', '"a\t=1+1"', `"'\n=1+1"`, `'＝1+1`, `'－1`, `'@x`, 'plain'])
  })

  it('are one line each in JSON and in CEF, with the escapes of each', () => {
    expect(JSON.parse(formatAuditEntry(entry, 'json'))).toEqual(entry)
    const cef = formatAuditEntry({ ...entry, description: 'a|b\\c\nd' }, 'cef')
    expect(cef.split('\n')).toHaveLength(2)
    expect(cef).toContain('|team-created|a\\|b\\\\c d|3|')
    expect(cef).toContain('cs1=a\\=b\\\\c')
    expect(cef).toContain(`rt=${Date.parse(entry.at)}`)
  })
})
