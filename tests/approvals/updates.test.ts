import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { applyChangeRequest } from '@/lib/approvals/apply'
import {
  closeChangeRequest,
  describeChangeRequest,
  listChangeRequests,
  readChangeRequest,
  submitChangeRequest,
} from '@/lib/approvals/change-requests'
import { approveChangeRequest, unapproveChangeRequest } from '@/lib/approvals/decide'
import { createDraft, updateDraft } from '@/lib/approvals/drafts'
import { listGates, updateGate } from '@/lib/approvals/gates'
import { listRequestEvents } from '@/lib/approvals/timeline'
import { verifyChain } from '@/lib/audit'
import { database, withTransaction } from '@/lib/db'
import { readDefinition } from '@/lib/environments/read'
import { listRevisions } from '@/lib/environments/revisions'
import { addRevision, saveEnvironment } from '@/lib/environments/save'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'
import { addGrant, addMember, type TestPerson } from '../support/installation'
import { gate, makeEnvironment, makeOffice, type Office, placeOf } from './office'

describeOnEachDatabase('changes behind a gate', () => {
  let office: Office
  let made = 0
  beforeAll(async () => {
    office = await makeOffice()
  })

  /** A fresh environment behind a gate, and Alice's proposal for it, offered for approval. */
  async function proposal(fields: Parameters<typeof gate>[2] = {}) {
    const path = `shop/env-${++made}` as const
    const environment = await makeEnvironment(office, path)
    const rule = await gate(office, path, fields)
    const place = placeOf(path)
    const { id } = await createDraft(office.alice.actor, { ...place, definition: 'values:\n  n: 2\n' })
    const request = { organization: 'acme', id }
    await submitChangeRequest(office.alice.actor, { ...request, description: 'two' })
    return { path, place, environment, rule, request }
  }

  const approve = (actor: Actor, request: { organization: string; id: string }, revision = 1) =>
    approveChangeRequest(actor, { ...request, revision })

  const statusOf = async (request: { organization: string; id: string }) =>
    (await readChangeRequest(office.admin.actor, request)).status

  it('go draft, ready, approved, applied, and become a revision that names its request', async () => {
    const { place, request } = await proposal()
    const { alice, bob } = office
    expect((await refusal(applyChangeRequest(alice.actor, request))).message).toContain('0 of 1')
    await approve(bob.actor, request)
    expect(await applyChangeRequest(alice.actor, request)).toMatchObject({ revision: 3 })
    expect((await readDefinition(bob.actor, place)).definition).toBe('values:\n  n: 2\n')
    const [newest] = await listRevisions(bob.actor, place)
    expect(newest).toMatchObject({ number: 3, sourceChangeRequest: { id: request.id, description: 'two' } })
    expect(await statusOf(request)).toBe('applied')
    const { events } = await listRequestEvents(bob.actor, request)
    expect(events.map(({ kind, status }) => status ?? kind)).toEqual([
      'revision_added',
      'ready',
      'approved_by_user',
      'applied',
    ])
  })

  it('are recorded, and start webhooks, in the transaction of the step', async () => {
    const { request, environment } = await proposal()
    await approve(office.bob.actor, request)
    await applyChangeRequest(office.alice.actor, request)
    const entries = await database().auditEvent.findMany({
      where: { environmentId: environment.id },
      orderBy: { sequence: 'asc' },
    })
    const steps = ['created', 'submitted', 'approved'].map((step) => `change-request-${step}`)
    const expected = ['change-gate-created', ...steps, 'environment-updated', 'change-request-applied']
    expect(entries.map(({ event }) => event).slice(-6)).toEqual(expected)
    const sent = await database().outboxEvent.findMany({ where: { organizationId: office.acme.id } })
    const told = sent.map(({ payload }) => JSON.stringify(payload))
    for (const { sequence, event } of entries) {
      expect(told.some((text) => text.includes(`"${event}"`) && text.includes(String(sequence)))).toBe(true)
    }
    expect(await verifyChain(office.acme.id)).toMatchObject({ intact: true })
  })

  it('A11: a direct save is refused, by whatever way, also to administrators', async () => {
    const { place, request } = await proposal()
    const direct = { ...place, definition: 'values:\n  n: 9\n' }
    for (const person of [office.alice, office.admin]) {
      const { code, status, message } = await refusal(saveEnvironment(person.actor, direct))
      expect({ code, status }).toEqual({ code: 'approval_needed', status: 403 })
      expect(message).toContain('--draft')
    }
    // Rolling back is a save of an older text; an old text needs approval like any other.
    const old = await readDefinition(office.alice.actor, { ...place, version: '1' })
    expect((await refusal(saveEnvironment(office.alice.actor, { ...place, ...old, etag: '' }))).code).toBe(
      'approval_needed',
    )
    // The twin: proposed and approved, the same person brings it in.
    await approve(office.bob.actor, request)
    expect(await applyChangeRequest(office.alice.actor, request)).toMatchObject({ revision: 3 })
  })

  it('A11: a gate that is switched off or about opening lets saves through', async () => {
    const path = `shop/env-${++made}` as const
    await makeEnvironment(office, path)
    const rule = await gate(office, path, { actions: ['open'] })
    const save = (n: number) =>
      saveEnvironment(office.alice.actor, { ...placeOf(path), definition: `values:\n  n: ${n}\n` })
    expect(await save(2)).toMatchObject({ changed: true })
    const fields = { organization: 'acme', ...rule, actions: ['update' as const] }
    await updateGate(office.admin.actor, fields)
    expect((await refusal(save(3))).code).toBe('approval_needed')
    await updateGate(office.admin.actor, { ...fields, enabled: false })
    expect(await save(4)).toMatchObject({ changed: true })
  })

  it('A10: nobody approves their own words, by whatever token or text', async () => {
    const { place, request } = await proposal()
    const { alice, bob, carol } = office
    expect((await refusal(approve(alice.actor, request))).code).toBe('forbidden')
    const second: Actor = {
      ...alice.actor,
      credential: { kind: 'personal', id: 'other', name: 'another token' },
    }
    expect((await refusal(approve(second, request))).code).toBe('forbidden')
    const ops = await database().team.create({
      data: { organizationId: office.acme.id, name: 'ops', nameKey: 'ops' },
    })
    const team: Actor = {
      ...alice.actor,
      principal: { kind: 'team', id: ops.id, name: 'ops', organizationId: office.acme.id },
    }
    expect((await refusal(approve(team, request))).code).toBe('forbidden')
    // Who adds a version is an author from then on.
    await updateDraft(bob.actor, { ...place, id: request.id, definition: 'values:\n  n: 3\n' })
    expect((await refusal(approve(bob.actor, request, 2))).code).toBe('forbidden')
    await approve(carol.actor, request, 2)
    expect(await applyChangeRequest(bob.actor, request)).toMatchObject({ revision: 3 })
  })

  it('A10: what a shared token wrote is not approved by who made the token', async () => {
    const { alice, bob, acme } = office
    const path = `shop/env-${++made}` as const
    await makeEnvironment(office, path)
    await gate(office, path)
    const token = await database().accessToken.create({
      data: {
        kind: 'organization',
        organizationId: acme.id,
        organizationRole: 'member',
        name: `robot-${made}`,
        description: '',
        hash: Buffer.from(`robot-${made}`),
        hint: 'abcd',
        createdById: alice.id,
      },
    })
    const robot: Actor = {
      ...alice.actor,
      principal: { kind: 'organization', id: acme.id, name: 'acme', role: 'member' },
      credential: { kind: 'organization', id: token.id, name: token.name },
    }
    const { id } = await createDraft(robot, { ...placeOf(path), definition: 'values:\n  n: 2\n' })
    const request = { organization: 'acme', id }
    await submitChangeRequest(robot, { ...request, description: 'two' })
    expect((await refusal(approve(alice.actor, request))).code).toBe('forbidden')
    await approve(bob.actor, request)
    expect(await applyChangeRequest(alice.actor, request)).toMatchObject({ revision: 3 })
  })

  it('T21: are approved and hurried by whole persons only', async () => {
    const { request } = await proposal({ bypassers: [{ kind: 'person', login: office.carol.login }] })
    const confined = ({ actor }: TestPerson): Actor => ({
      ...actor,
      credential: { ...actor.credential, organizationId: office.acme.id },
    })
    const { bob, carol } = office
    expect((await refusal(approve(confined(bob), request))).code).toBe('forbidden')
    await approve(bob.actor, request)
    expect((await refusal(unapproveChangeRequest(confined(bob), request))).code).toBe('forbidden')
    await unapproveChangeRequest(bob.actor, request)
    const hurry = (actor: Actor) => applyChangeRequest(actor, { ...request, bypassReason: 'it burns' })
    expect((await refusal(hurry(confined(carol)))).code).toBe('forbidden')
    expect(await hurry(carol.actor)).toMatchObject({ revision: 3 })
  })

  it('A10: a gate may allow it, to those who are eligible', async () => {
    const { request } = await proposal({ allowSelfApproval: true })
    await approve(office.alice.actor, request)
    expect(await applyChangeRequest(office.alice.actor, request)).toMatchObject({ revision: 3 })
    const others = await proposal({
      allowSelfApproval: true,
      approvers: [{ kind: 'person', login: office.bob.login }],
    })
    expect((await refusal(approve(office.alice.actor, others.request))).code).toBe('forbidden')
  })

  it('A10: an edit after approval voids it, and the old version cannot be approved any more', async () => {
    const { place, request } = await proposal()
    await approve(office.bob.actor, request)
    await updateDraft(office.alice.actor, { ...place, id: request.id, definition: 'values:\n  n: 66\n' })
    expect((await refusal(applyChangeRequest(office.alice.actor, request))).code).toBe('conflict')
    expect((await refusal(approve(office.bob.actor, request, 1))).code).toBe('conflict')
    await approve(office.bob.actor, request, 2)
    expect(await applyChangeRequest(office.alice.actor, request)).toMatchObject({ revision: 3 })
  })

  it('keeps approvals over an edit where the gate says so', async () => {
    const { place, request } = await proposal({ reapproveOnChange: false })
    await approve(office.bob.actor, request)
    await updateDraft(office.alice.actor, { ...place, id: request.id, definition: 'values:\n  n: 4\n' })
    expect(await applyChangeRequest(office.alice.actor, request)).toMatchObject({ revision: 3 })
  })

  it('A10: cannot be applied to an environment that has moved on', async () => {
    const { place, environment, request } = await proposal()
    await approve(office.bob.actor, request)
    // Rotation writes back without asking the gate.
    const change = { environment, after: 2, definition: 'values:\n  n: 1\n  rotated: 1\n', message: '' }
    await withTransaction((tx) => addRevision(tx, office.admin.actor, change))
    expect((await refusal(applyChangeRequest(office.alice.actor, request))).message).toContain('has changed')
    expect(await readChangeRequest(office.bob.actor, request)).toMatchObject({
      behind: true,
      abilities: { apply: false, edit: true },
    })
    const renewed = { ...place, id: request.id, definition: 'values:\n  n: 2\n  rotated: 1\n' }
    await updateDraft(office.alice.actor, renewed)
    await approve(office.bob.actor, request, 2)
    expect(await applyChangeRequest(office.alice.actor, request)).toMatchObject({ revision: 4 })
  })

  it('A07: counts only approvals of those who are eligible when it is applied', async () => {
    const path = `shop/env-${++made}` as const
    const environment = await makeEnvironment(office, path)
    await gate(office, path, { approvers: [{ kind: 'permission', scope: 'environment:delete' }] })
    const { id } = await createDraft(office.alice.actor, {
      ...placeOf(path),
      definition: 'values:\n  n: 2\n',
    })
    const request = { organization: 'acme', id }
    await submitChangeRequest(office.alice.actor, request)
    expect((await refusal(approve(office.bob.actor, request))).code).toBe('forbidden')
    const grant = await addGrant(environment, office.bob, 'admin')
    await approve(office.bob.actor, request)
    await database().environmentGrant.delete({ where: { id: grant.id } })
    expect((await refusal(applyChangeRequest(office.alice.actor, request))).message).toContain('0 of 1')
    await addGrant(environment, office.bob, 'admin')
    expect(await applyChangeRequest(office.alice.actor, request)).toMatchObject({ revision: 3 })
  })

  it('A01: are nothing at all to strangers, and A03: not to be changed by readers', async () => {
    const { request } = await proposal()
    const absent = { organization: 'acme', id: 'absent' }
    const { stranger } = office
    const attempts = (actor: Actor, reference: typeof request) => [
      readChangeRequest(actor, reference),
      approve(actor, reference),
      applyChangeRequest(actor, reference),
      closeChangeRequest(actor, reference),
      submitChangeRequest(actor, reference),
      listRequestEvents(actor, reference),
    ]
    const words = async (reference: typeof request) =>
      Promise.all(attempts(stranger.actor, reference).map(async (one) => (await refusal(one)).message))
    expect(await words(request)).toEqual(await words(absent))
    await database().organization.update({
      where: { id: office.acme.id },
      data: { defaultPermission: 'read' },
    })
    const asReader = [submitChangeRequest, applyChangeRequest, closeChangeRequest, describeChangeRequest]
    for (const step of asReader) {
      const attempt = step(office.carol.actor, { ...request, description: 'mine now' })
      expect((await refusal(attempt)).code).toBe('forbidden')
    }
    expect((await readChangeRequest(office.carol.actor, request)).description).toBe('two')
    await database().organization.update({
      where: { id: office.acme.id },
      data: { defaultPermission: 'write' },
    })
  })

  const byDefault = (defaultPermission: 'none' | 'read' | 'write') =>
    database().organization.update({ where: { id: office.acme.id }, data: { defaultPermission } })

  it('A03, A07: offer to each what they may do, and count nobody who sees nothing', async () => {
    const { alice, bob, carol } = office
    const approvers = [{ kind: 'person' as const, login: carol.login }]
    const { environment, request, path } = await proposal({ approvers, bypassers: approvers })
    await addGrant(environment, alice, 'write')
    const offered = async ({ actor }: TestPerson) => {
      const { abilities } = await readChangeRequest(actor, request)
      return Object.entries(abilities).flatMap(([name, may]) => (may ? name : []))
    }
    expect(await offered(alice)).toEqual(['edit', 'close'])
    expect(await offered(bob)).toEqual(['edit'])
    expect(await offered(carol)).toEqual(['edit', 'approve', 'bypass'])
    await approve(carol.actor, request)
    await byDefault('read')
    expect([await offered(bob), await offered(carol)]).toEqual([[], ['unapprove']])
    await byDefault('none')
    const listed = await listChangeRequests(bob.actor, { organization: 'acme' })
    expect(listed.changeRequests.map(({ id }) => id)).not.toContain(request.id)
    expect(
      (await listGates(bob.actor, { organization: 'acme' })).map(({ environment: { name } }) => name),
    ).not.toContain(placeOf(path).name)
    expect((await refusal(applyChangeRequest(alice.actor, request))).message).toContain('0 of 1')
    await byDefault('write')
    expect(await applyChangeRequest(alice.actor, request)).toMatchObject({ revision: 3 })
  })

  it('A01: name no approver whom another organization has, and this one no more', async () => {
    const { bob, acme } = office
    const path = `shop/env-${++made}` as const
    await makeEnvironment(office, path)
    const approver = { kind: 'person' as const, login: bob.login }
    await gate(office, path, { approvers: [approver] })
    const named = async () =>
      (await listGates(office.admin.actor, { organization: 'acme', environment: placeOf(path) }))[0]
        ?.approvers
    expect(await named()).toEqual([approver])
    const elsewhere = await database().organization.findFirstOrThrow({ where: { nameKey: 'elsewhere' } })
    const membership = { organizationId_personId: { organizationId: acme.id, personId: bob.id } }
    await database().member.update({ where: membership, data: { organizationId: elsewhere.id } })
    expect(await named()).toEqual([])
    await addMember(acme, bob, 'member')
    await database().member.deleteMany({ where: { organizationId: elsewhere.id, personId: bob.id } })
  })

  it('are refused to who may not write before a word of the text is looked at', async () => {
    const { path, request } = await proposal()
    await byDefault('read')
    const text = { ...placeOf(path), definition: 'imports: 7\n' }
    expect((await refusal(createDraft(office.bob.actor, text))).code).toBe('forbidden')
    expect((await refusal(updateDraft(office.bob.actor, { ...text, id: request.id }))).code).toBe('forbidden')
    await byDefault('write')
    expect((await refusal(createDraft(office.bob.actor, text))).code).toBe('diagnostics')
  })

  it('need as many approvals as the gate says, of different people, that can be taken back', async () => {
    const { request } = await proposal({ approvalsRequired: 2 })
    const { alice, bob, carol } = office
    await approve(bob.actor, request)
    await approve(bob.actor, request)
    expect((await refusal(applyChangeRequest(alice.actor, request))).message).toContain('1 of 2')
    await approve(carol.actor, request)
    await unapproveChangeRequest(bob.actor, request)
    expect((await refusal(applyChangeRequest(alice.actor, request))).message).toContain('1 of 2')
    expect((await refusal(unapproveChangeRequest(bob.actor, request))).code).toBe('conflict')
    await approve(bob.actor, request)
    expect(await applyChangeRequest(alice.actor, request)).toMatchObject({ revision: 3 })
  })

  it('must pass every gate that applies', async () => {
    const { path, request } = await proposal()
    const second = { title: 'Admins', approvers: [{ kind: 'person' as const, login: office.admin.login }] }
    await gate(office, path, second)
    await approve(office.bob.actor, request)
    expect((await refusal(applyChangeRequest(office.alice.actor, request))).message).toContain('"Admins"')
    await approve(office.admin.actor, request)
    expect(await applyChangeRequest(office.alice.actor, request)).toMatchObject({ revision: 3 })
  })

  it('are over once closed, and closing takes authorship or administration', async () => {
    const { place, request } = await proposal()
    await approve(office.bob.actor, request)
    expect((await refusal(closeChangeRequest(office.bob.actor, request))).code).toBe('forbidden')
    await closeChangeRequest(office.alice.actor, request)
    const text = { ...place, id: request.id, definition: 'values: {}\n' }
    for (const attempt of [
      () => applyChangeRequest(office.alice.actor, request),
      () => approve(office.carol.actor, request),
      () => closeChangeRequest(office.admin.actor, request),
      () => updateDraft(office.alice.actor, text),
    ]) {
      expect((await refusal(attempt())).code).toBe('conflict')
    }
    const other = await proposal()
    await closeChangeRequest(office.admin.actor, other.request)
    expect(await statusOf(other.request)).toBe('closed')
  })

  it('are passed over only by those whom the gate names, for a reason that is recorded', async () => {
    const bypassers = [{ kind: 'person' as const, login: office.carol.login }]
    const { request, environment } = await proposal({ bypassers })
    const bypassReason = 'the shop is down'
    expect((await refusal(applyChangeRequest(office.admin.actor, { ...request, bypassReason }))).code).toBe(
      'forbidden',
    )
    expect((await refusal(applyChangeRequest(office.carol.actor, request))).code).toBe('conflict')
    expect(
      (await refusal(applyChangeRequest(office.carol.actor, { ...request, bypassReason: ' ' }))).code,
    ).toBe('invalid')
    expect(await applyChangeRequest(office.carol.actor, { ...request, bypassReason })).toMatchObject({
      revision: 3,
    })
    const entry = await database().auditEvent.findFirstOrThrow({
      where: { environmentId: environment.id, event: 'change-request-applied-without-approval' },
    })
    expect(entry.data).toMatchObject({ gates: ['Four eyes'], reason: bypassReason })
  })

  describe('races', () => {
    it('T18: two who apply at once make one revision', async () => {
      const { place, request } = await proposal()
      await approve(office.bob.actor, request)
      const outcomes = await Promise.allSettled(
        [office.alice, office.bob, office.carol].map(({ actor }) => applyChangeRequest(actor, request)),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect((await listRevisions(office.bob.actor, place))[0]?.number).toBe(3)
    })

    it('two who approve at once both count', async () => {
      const { request } = await proposal({ approvalsRequired: 2 })
      await Promise.all([office.bob, office.carol].map(({ actor }) => approve(actor, request)))
      expect(await applyChangeRequest(office.alice.actor, request)).toMatchObject({ revision: 3 })
    })

    it('A10: an edit and an application at once never bring in what was not approved', async () => {
      const { place, request } = await proposal()
      await approve(office.bob.actor, request)
      const edit = { ...place, id: request.id, definition: 'values:\n  n: 13\n' }
      await Promise.allSettled([
        updateDraft(office.alice.actor, edit),
        applyChangeRequest(office.alice.actor, request),
      ])
      const { definition } = await readDefinition(office.bob.actor, place)
      expect(definition).not.toContain('13')
    })

    it('A11: a save and a new gate at once: after the gate nothing more comes in', async () => {
      const path = `shop/env-${++made}` as const
      await makeEnvironment(office, path)
      const save = (n: number) =>
        saveEnvironment(office.alice.actor, { ...placeOf(path), definition: `values:\n  n: ${n}\n` })
      await Promise.allSettled([save(2), gate(office, path), save(3)])
      const { revision } = await readDefinition(office.bob.actor, placeOf(path))
      expect((await refusal(save(4))).code).toBe('approval_needed')
      expect((await readDefinition(office.bob.actor, placeOf(path))).revision).toBe(revision)
    })
  })

  it('are listed for those who may do something about them', async () => {
    const { request, path } = await proposal()
    const ids = async (actor: Actor, show: 'all' | 'waiting' | 'mine') =>
      (await listChangeRequests(actor, { organization: 'acme', show })).changeRequests.map(({ id }) => id)
    expect(await ids(office.bob.actor, 'waiting')).toContain(request.id)
    expect(await ids(office.alice.actor, 'waiting')).not.toContain(request.id)
    expect(await ids(office.alice.actor, 'mine')).toContain(request.id)
    expect(await ids(office.bob.actor, 'mine')).not.toContain(request.id)
    await approve(office.bob.actor, request)
    expect(await ids(office.alice.actor, 'waiting')).toContain(request.id)
    expect(path).toBeTruthy()
    expect((await refusal(listChangeRequests(office.stranger.actor, { organization: 'acme' }))).code).toBe(
      'not_found',
    )
  })
})
