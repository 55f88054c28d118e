import { beforeAll, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { actorFromToken } from '@/lib/access/tokens'
import { applyChangeRequest } from '@/lib/approvals/apply'
import { closeChangeRequest, readChangeRequest } from '@/lib/approvals/change-requests'
import { approveChangeRequest } from '@/lib/approvals/decide'
import { createGate, listGates } from '@/lib/approvals/gates'
import { requestOpen, updateOpenRequest } from '@/lib/approvals/open-requests'
import { approvalState } from '@/lib/approvals/state'
import { database } from '@/lib/db'
import { checkDefinition, checkEnvironment } from '@/lib/environments/check'
import { cloneEnvironment } from '@/lib/environments/clone'
import { createEnvironment } from '@/lib/environments/create'
import { openDefinition, openEnvironment } from '@/lib/environments/open'
import { readOpenSession } from '@/lib/environments/open-session'
import { decryptDefinition, readDefinition } from '@/lib/environments/read'
import { saveEnvironment } from '@/lib/environments/save'
import { decryptValues } from '@/lib/environments/values'
import { setGrant } from '@/lib/organizations/environment-access'
import { createOrganizationToken } from '@/lib/organizations/shared-tokens'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'
import { addGrant, addPerson, type TestPerson } from '../support/installation'
import { gate, makeEnvironment, makeOffice, type Office, placeOf } from './office'

const secretText = 'values:\n  plain: 1\n  token:\n    fn::secret: hunter2hunter2\n'
const times = { grantExpirationSeconds: 3600, accessDurationSeconds: 7200 }

describeOnEachDatabase('opening behind a gate', () => {
  let office: Office
  let made = 0
  beforeAll(async () => {
    office = await makeOffice()
  })

  async function gated(fields: Parameters<typeof gate>[2] = {}) {
    const path = `shop/env-${++made}` as const
    const environment = await makeEnvironment(office, path, secretText)
    const rule = await gate(office, path, { actions: ['open'], ...fields })
    return { path, place: placeOf(path), environment, rule }
  }

  async function ask(person: TestPerson, path: `${string}/${string}`) {
    const [request] = await requestOpen(person.actor, { ...placeOf(path), ...times, description: 'for work' })
    return { organization: 'acme', id: request?.id ?? '' }
  }

  const approve = (actor: Actor, request: { organization: string; id: string }, revision = 1) =>
    approveChangeRequest(actor, { ...request, revision })

  it('A11: is refused by every way that gives secrets, also to administrators and owners', async () => {
    const { place, path, environment } = await gated()
    const { definition } = await readDefinition(office.admin.actor, place)
    const ciphertext = /ciphertext: (\S+)/.exec(definition)?.[1] ?? ''
    const importing = await createEnvironment(office.admin.actor, placeOf(`shop/importing-${made}`))
    await saveEnvironment(office.admin.actor, {
      ...placeOf(`shop/importing-${made}`),
      definition: `imports:\n  - ${path}\n`,
    })
    expect(importing.id).not.toBe('')
    const { actor } = office.admin
    const ways: [string, () => Promise<unknown>][] = [
      ['open', () => openEnvironment(actor, place)],
      ['open an old revision', () => openEnvironment(actor, { ...place, version: '2' })],
      ['decrypt', () => decryptDefinition(actor, place)],
      ['decrypt values', () => decryptValues(actor, { ...place, ciphertexts: [ciphertext] })],
      ['check with secrets', () => checkEnvironment(actor, { ...place, showSecrets: true })],
      ['clone', () => cloneEnvironment(actor, { ...place, to: { name: `copy-${made}` } })],
    ]
    for (const [way, attempt] of ways) expect((await refusal(attempt())).code, way).toBe('approval_needed')
    // Through others: an import is refused, and a ciphertext that is carried elsewhere stays shut.
    const through = [
      () => openEnvironment(actor, placeOf(`shop/importing-${made}`)),
      () => openDefinition(actor, { organization: 'acme', definition: `imports: [${path}]\n` }),
      () => openDefinition(actor, { organization: 'acme', definition }),
    ]
    for (const attempt of through) expect((await refusal(attempt())).code).toBe('diagnostics')
    const checked = await checkDefinition(actor, { organization: 'acme', definition, showSecrets: true })
    expect(JSON.stringify(checked)).not.toContain('hunter2hunter2')
    // The twin: what is not secret may be read, and approval opens.
    expect((await checkEnvironment(actor, place)).environment?.properties?.plain?.value).toBe(1)
    const request = await ask(office.admin, path)
    await approve(office.bob.actor, request)
    await applyChangeRequest(actor, request)
    expect((await openEnvironment(actor, placeOf(`shop/importing-${made}`))).id).not.toBe('')
    expect((await decryptDefinition(actor, place)).definition).toContain('hunter2hunter2')
    // No approval makes a copy, which would be without the gate.
    const copy = cloneEnvironment(actor, { ...place, to: { name: `copy-${made}` } })
    expect((await refusal(copy)).code).toBe('approval_needed')
    expect(environment.openGated).toBe(false)
  })

  it('gives access to the one who asked, once approved and taken up, and to nobody else', async () => {
    const { place, path } = await gated()
    const { alice, bob, carol } = office
    const request = await ask(alice, path)
    expect(await approvalState(alice.actor, place)).toMatchObject({
      gatedActions: ['open'],
      openRequestNeeded: true,
      openRequests: [request.id],
    })
    expect((await refusal(approve(alice.actor, request))).code).toBe('forbidden')
    expect((await refusal(applyChangeRequest(alice.actor, request))).code).toBe('conflict')
    await approve(bob.actor, request)
    // Approved is not taken up, and only who asked takes it up.
    expect((await refusal(openEnvironment(alice.actor, place))).code).toBe('approval_needed')
    expect((await refusal(applyChangeRequest(carol.actor, request))).code).toBe('forbidden')
    await applyChangeRequest(alice.actor, request)
    const { id } = await openEnvironment(alice.actor, place)
    expect(JSON.stringify(await readOpenSession(alice.actor, { ...place, id }))).toContain('hunter2hunter2')
    expect((await refusal(openEnvironment(carol.actor, place))).code).toBe('approval_needed')
    expect((await refusal(openEnvironment(bob.actor, place))).code).toBe('approval_needed')
    const state = await approvalState(alice.actor, place)
    expect(state).toMatchObject({ mayOpen: true, openRequestNeeded: false, openRequests: [] })
  })

  it('counts the time from the first opening, and no session outlives it', async () => {
    const { place, path } = await gated()
    const request = await ask(office.alice, path)
    await approve(office.bob.actor, request)
    const { accessExpiresAt = '' } = await applyChangeRequest(office.alice.actor, request)
    const until = (time: string) => Math.round((Date.parse(time) - Date.now()) / 60_000)
    expect(until(accessExpiresAt)).toBe(60)
    const opened = await openEnvironment(office.alice.actor, { ...place, durationSeconds: 86_400 })
    expect(until(opened.expiresAt)).toBe(120)
    const { accessExpiresAt: running = '' } = await approvalState(office.alice.actor, place)
    expect(until(running)).toBe(120)
    // A second opening does not start the time again.
    const fifty = new Date(Date.now() + 50_000)
    await database().changeRequest.update({ where: { id: request.id }, data: { accessExpiresAt: fifty } })
    const later = await openEnvironment(office.alice.actor, { ...place, durationSeconds: 86_400 })
    expect(until(later.expiresAt)).toBeLessThanOrEqual(1)
  })

  it('A07: ends when its time is over, when it is closed, and with the right to read', async () => {
    const { place, path } = await gated()
    const reader = await addPerson(`reader-${made}`)
    await database().member.create({
      data: { organizationId: office.acme.id, personId: reader.id, role: 'member' },
    })
    const give = async () => {
      const request = await ask(reader, path)
      await approve(office.bob.actor, request)
      await applyChangeRequest(reader.actor, request)
      const { id } = await openEnvironment(reader.actor, place)
      return { request, session: { ...place, id } }
    }
    const isOver = async (session: { id: string }) => {
      expect((await refusal(openEnvironment(reader.actor, place))).code).toBe('approval_needed')
      const values = readOpenSession(reader.actor, { ...place, ...session })
      expect((await refusal(values)).code).toBe('approval_needed')
    }
    const first = await give()
    const past = { accessExpiresAt: new Date(Date.now() - 1000) }
    await database().changeRequest.update({ where: { id: first.request.id }, data: past })
    await isOver(first.session)
    const second = await give()
    await closeChangeRequest(office.admin.actor, second.request)
    await isOver(second.session)
    expect((await refusal(applyChangeRequest(reader.actor, second.request))).code).toBe('conflict')
    const third = await give()
    await database().member.deleteMany({ where: { personId: reader.id, organizationId: office.acme.id } })
    expect((await refusal(readOpenSession(reader.actor, third.session))).code).toBe('not_found')
  })

  it('asks for the environment and for the gated ones that it imports, each by itself', async () => {
    const inner = await gated()
    const outer = await gated()
    await saveEnvironment(office.admin.actor, { ...outer.place, definition: `imports:\n  - ${inner.path}\n` })
    const requests = await requestOpen(office.alice.actor, { ...outer.place, ...times })
    expect(requests.map(({ name }) => name)).toEqual([outer.place.name, inner.place.name])
    const [first, second] = requests.map(({ id }) => ({ organization: 'acme', id }))
    if (!first || !second) throw new Error('two requests')
    for (const request of [first, second]) await approve(office.bob.actor, request)
    await applyChangeRequest(office.alice.actor, first)
    expect((await refusal(openEnvironment(office.alice.actor, outer.place))).code).toBe('diagnostics')
    await applyChangeRequest(office.alice.actor, second)
    expect((await openEnvironment(office.alice.actor, outer.place)).id).not.toBe('')
  })

  it('T21: is asked for, and let, by whole persons only', async () => {
    const { path, place } = await gated()
    const { alice, bob, acme } = office
    const confined = ({ actor }: TestPerson): Actor => ({
      ...actor,
      credential: { ...actor.credential, organizationId: acme.id },
    })
    const wish = { ...place, ...times, description: 'for work' }
    expect((await refusal(requestOpen(confined(alice), wish))).code).toBe('forbidden')
    const request = await ask(alice, path)
    const change = { ...place, ...times, id: request.id }
    expect((await refusal(updateOpenRequest(confined(alice), change))).code).toBe('forbidden')
    expect((await refusal(approve(confined(bob), request))).code).toBe('forbidden')
    await approve(bob.actor, request)
  })

  it('A10: other times need another approval', async () => {
    const { place, path } = await gated()
    const request = await ask(office.alice, path)
    await approve(office.bob.actor, request)
    const more = { ...place, id: request.id, ...times, accessDurationSeconds: 600_000 }
    expect((await refusal(updateOpenRequest(office.carol.actor, more))).code).toBe('forbidden')
    await updateOpenRequest(office.alice.actor, more)
    expect((await refusal(applyChangeRequest(office.alice.actor, request))).code).toBe('conflict')
    expect((await readChangeRequest(office.bob.actor, request)).access).toEqual({
      grantExpirationSeconds: 3600,
      accessDurationSeconds: 600_000,
    })
    await approve(office.bob.actor, request, 2)
    expect((await applyChangeRequest(office.alice.actor, request)).accessExpiresAt).toBeDefined()
  })

  it('is not asked for where it is open, nor by machines, nor by strangers', async () => {
    const path = `shop/env-${++made}` as const
    await makeEnvironment(office, path)
    const wish = { ...placeOf(path), ...times }
    expect((await refusal(requestOpen(office.alice.actor, wish))).message).toContain('open it directly')
    expect((await refusal(requestOpen(office.stranger.actor, wish))).code).toBe('not_found')
    await gate(office, path, { actions: ['open'] })
    const token = { organization: 'acme', name: 'ci', role: 'admin' as const }
    const { tokenValue } = await createOrganizationToken(office.admin.actor, token)
    const machine = await actorFromToken(tokenValue, { address: '', requestId: '' })
    if (!machine) throw new Error('the token is good')
    expect((await refusal(requestOpen(machine, wish))).code).toBe('forbidden')
    const seconds = { ...wish, accessDurationSeconds: 0 }
    expect((await refusal(requestOpen(office.alice.actor, seconds))).code).toBe('invalid')
    expect(await requestOpen(office.alice.actor, wish)).toHaveLength(1)
  })

  it('T20: whoever may only read can ask without a gate, and is let in by those who may open themselves', async () => {
    const path = `shop/env-${++made}` as const
    const environment = await makeEnvironment(office, path, secretText)
    await database().organization.update({
      where: { id: office.acme.id },
      data: { defaultPermission: 'read' },
    })
    try {
      const request = await ask(office.carol, path)
      expect((await refusal(approve(office.bob.actor, request))).code).toBe('forbidden')
      await addGrant(environment, office.bob, 'admin')
      await approve(office.bob.actor, request)
      await applyChangeRequest(office.carol.actor, request)
      expect((await openEnvironment(office.carol.actor, placeOf(path))).id).not.toBe('')
      // For a time, and not to be handed on: her approval covers no grant that she would give.
      await addGrant(environment, office.carol, 'read')
      const gift = { ...placeOf(path), login: office.alice.login, level: 'open' as const }
      expect((await refusal(setGrant(office.carol.actor, gift))).code).toBe('forbidden')
    } finally {
      await database().organization.update({
        where: { id: office.acme.id },
        data: { defaultPermission: 'write' },
      })
    }
  })

  it('A14: a gate is set only by administrators, and an opening one only by who may open', async () => {
    const path = `shop/env-${++made}` as const
    await makeEnvironment(office, path)
    const fields = {
      ...placeOf(path),
      title: 'Mine',
      enabled: true,
      actions: ['open' as const],
      approvalsRequired: 1,
      allowSelfApproval: true,
      reapproveOnChange: true,
      approvers: [{ kind: 'person' as const, login: office.alice.login }],
      bypassers: [],
    }
    expect((await refusal(createGate(office.alice.actor, fields))).code).toBe('forbidden')
    expect((await refusal(createGate(office.stranger.actor, fields))).code).toBe('not_found')
    const empty = { ...fields, approvers: [] }
    expect((await refusal(createGate(office.admin.actor, empty))).details.field).toBe('approvers')
    const foreign = { ...fields, approvers: [{ kind: 'person' as const, login: office.stranger.login }] }
    expect((await refusal(createGate(office.admin.actor, foreign))).code).toBe('not_found')
    const { id } = await createGate(office.admin.actor, fields)
    const listed = await listGates(office.alice.actor, { organization: 'acme', environment: placeOf(path) })
    expect(listed.map((one) => one.id)).toEqual([id])
  })

  it('A09: an approval for a deleted environment opens no namesake', async () => {
    const { place, path, environment } = await gated()
    const request = await ask(office.alice, path)
    await approve(office.bob.actor, request)
    await applyChangeRequest(office.alice.actor, request)
    await openEnvironment(office.alice.actor, place)
    const deleted = { deletedAt: new Date() }
    await database().environment.update({ where: { id: environment.id }, data: deleted })
    await makeEnvironment(office, path, secretText)
    await gate(office, path, { actions: ['open'] })
    expect((await refusal(openEnvironment(office.alice.actor, place))).code).toBe('approval_needed')
    expect((await refusal(readChangeRequest(office.alice.actor, request))).code).toBe('not_found')
  })
})
