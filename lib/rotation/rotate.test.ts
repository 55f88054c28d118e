import { beforeAll, expect, it } from 'vitest'
import * as z from 'zod'
import type { Actor } from '@/lib/access/actor'
import { database } from '@/lib/db'
import { createEnvironment } from '@/lib/environments/create'
import { deleteEnvironment } from '@/lib/environments/delete'
import { openEnvironment } from '@/lib/environments/open'
import { readOpenSession } from '@/lib/environments/open-session'
import { readEnvironment } from '@/lib/environments/read'
import { saveEnvironment } from '@/lib/environments/save'
import { propertiesToJson } from '@/lib/language'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import { addGrant, addOrganization, addPerson, type TestPerson } from '@/tests/support/installation'
import { listRotations } from './history'
import { databaseJournal } from './journal'
import { discardLeftover, listLeftovers, readLeftover } from './leftovers'
import { rotateEnvironment } from './rotate'

// Before anything asks for the configuration, which is parsed once.
process.env.OPENESC_ALLOW_PRIVATE_TARGETS = '127.0.0.1/32'

const organization = 'acme'
let ada: TestPerson
let bob: TestPerson

function reference(name: string) {
  return { organization, project: 'app', name }
}

async function environment(name: string, definition: string) {
  await createEnvironment(ada.actor, reference(name))
  await saveEnvironment(ada.actor, { ...reference(name), definition })
  return reference(name)
}

const openedShape = z.object({
  db: z.object({ current: z.string().optional(), previous: z.string().optional() }),
  other: z.string().optional(),
})

async function opened(actor: Actor, name: string) {
  const { id } = await openEnvironment(actor, reference(name))
  const { properties } = await readOpenSession(actor, { ...reference(name), id })
  return openedShape.parse(propertiesToJson(properties, { secrets: 'show' }))
}

async function text(name: string): Promise<string> {
  return (await readEnvironment(ada.actor, reference(name))).definition
}

async function rotate(name: string, paths: string[] = []) {
  return (await rotateEnvironment(ada.actor, { ...reference(name), paths })).event
}

async function events(name: string) {
  const rows = await database().auditEvent.findMany({
    where: { environment: `app/${name}` },
    orderBy: { sequence: 'asc' },
  })
  return rows
    .filter(({ event }) => event.includes('rotat'))
    .map(({ event, data }) => [event, statusOf(data)].join(' ').trim())
}

function statusOf(data: unknown): string {
  return z.object({ status: z.string() }).safeParse(data).data?.status ?? ''
}

async function people() {
  ada = await addPerson('ada')
  bob = await addPerson('bob')
  await addOrganization(organization, { admin: ada, members: [[bob, 'member']], defaultPermission: 'none' })
}

describeOnEachDatabase('rotation', () => {
  beforeAll(people)

  it('writes the new state as a revision and leaves every other byte alone', async () => {
    const before = [
      '# owned by the shop team',
      'values:',
      '  db:',
      '    # renewed every Monday',
      '    fn::rotate::password:',
      '      inputs: { length: 24 } # long',
      '  other: kept   # as it is',
      '',
    ]
    await environment('comments', before.join('\n'))
    const first = await rotate('comments')
    expect(first).toMatchObject({
      status: 'succeeded',
      preRevision: 2,
      postRevision: 3,
      results: [{ path: 'db', status: 'succeeded' }],
    })
    const after = await text('comments')
    const lines = after.split('\n')
    expect(before.filter((line) => !lines.includes(line))).toEqual([])
    expect(after).toMatch(/state:\s+current:\s+fn::secret:\s+ciphertext: /)
    const { db, other } = await opened(ada.actor, 'comments')
    expect(other).toBe('kept')
    expect(db).toEqual({ current: expect.stringMatching(/^.{24}$/) })
    await rotate('comments')
    const { current, previous } = (await opened(ada.actor, 'comments')).db
    expect({ current: previous }).toEqual(db)
    expect(current).not.toBe(previous)
    expect(await events('comments')).toEqual([
      'environment-rotation-started',
      'environment-rotated succeeded',
      'environment-rotation-started',
      'environment-rotated succeeded',
    ])
    expect(await database().rotationStep.count()).toBe(0)
  })

  it('is missed when an environment is opened before it', async () => {
    await environment('early', 'values:\n  db: { "fn::rotate::password": { inputs: {} } }\n')
    const warning = { severity: 'warning', code: 'rotate', path: 'values.db' }
    const { diagnostics } = await openEnvironment(ada.actor, reference('early'))
    expect(diagnostics).toMatchObject([{ ...warning, summary: expect.stringContaining('not rotated yet') }])
    await rotate('early')
    expect((await openEnvironment(ada.actor, reference('early'))).diagnostics).toEqual([])
  })

  it('rotates what was asked for, each by itself', async () => {
    await environment(
      'some',
      [
        'values:',
        '  a: { "fn::rotate::password": { inputs: {} } }',
        '  b: { "fn::rotate::passphrase": { inputs: {} } }',
        '  faulty: { "fn::rotate::password": { inputs: { length: 8, minLower: 9 } } }',
        '',
      ].join('\n'),
    )
    expect(await rotate('some', ['b'])).toMatchObject({ results: [{ path: 'b', status: 'succeeded' }] })
    const all = await rotate('some')
    expect(all).toMatchObject({
      status: 'failed',
      postRevision: 4,
      results: [
        { path: 'a', status: 'succeeded' },
        { path: 'b', status: 'succeeded' },
        { path: 'faulty', status: 'failed', errorMessage: expect.stringContaining('must not be more') },
      ],
    })
    expect(await rotate('some', ['a', 'nothing'])).toMatchObject({
      status: 'failed',
      results: [
        { path: 'a', status: 'succeeded' },
        { path: 'nothing', status: 'failed' },
      ],
    })
    expect(await listRotations(ada.actor, reference('some'))).toMatchObject([
      { status: 'failed', postRevision: 5 },
      { status: 'failed', postRevision: 4 },
      { status: 'succeeded', postRevision: 3 },
    ])
  })

  it('is refused without the right, for a path that names nothing, and where there is nothing', async () => {
    await environment('refused', 'values:\n  a: 1\n')
    const { id } = await database().environment.findFirstOrThrow({ where: { name: 'refused' } })
    const row = await database().environment.findUniqueOrThrow({ where: { id } })
    const asBob = () => rotateEnvironment(bob.actor, { ...reference('refused'), paths: [] })
    await expect(asBob()).rejects.toMatchObject({ code: 'not_found' })
    await addGrant(row, bob, 'open')
    await expect(asBob()).rejects.toMatchObject({ code: 'forbidden' })
    await expect(rotate('refused')).rejects.toMatchObject({ code: 'invalid' })
    await expect(rotate('refused', ['a'])).rejects.toMatchObject({ code: 'invalid' })
    await expect(rotate('refused', ['['])).rejects.toMatchObject({ code: 'invalid' })
    expect(await events('refused')).not.toContain('environment-rotated succeeded')
  })

  it('applies the new state to what became of the definition meanwhile', async () => {
    const definition = 'values:\n  db:\n    fn::rotate::password:\n      inputs: {}\n'
    await environment('edited', definition)
    const edited = `# edited meanwhile\n${definition}  more: 1\n`
    const { event } = await rotateEnvironment(
      ada.actor,
      { ...reference('edited'), paths: [] },
      {
        journal: (...call) => ({
          ...databaseJournal(...call),
          find: async () => {
            await saveEnvironment(ada.actor, { ...reference('edited'), definition: edited })
            return undefined
          },
        }),
      },
    )
    expect(event).toMatchObject({ status: 'succeeded', preRevision: 2, postRevision: 4 })
    expect(await text('edited')).toMatch(/^# edited meanwhile\n.*state:.*more: 1\n$/s)
  })

  it.each<[string, () => Promise<unknown>]>([
    ['gone', () => saveEnvironment(ada.actor, { ...reference('gone'), definition: 'values: { db: 1 }\n' })],
    ['deleted', () => deleteEnvironment(ada.actor, reference('deleted'))],
  ])('keeps a new state that has no place any more: the call is %s', async (name, meanwhile) => {
    await environment(name, 'values:\n  db:\n    fn::rotate::password:\n      inputs: {}\n')
    const { event } = await rotateEnvironment(
      ada.actor,
      { ...reference(name), paths: [] },
      {
        journal: (...call) => ({
          ...databaseJournal(...call),
          find: async () => {
            await meanwhile()
            return undefined
          },
        }),
      },
    )
    const [orphan] = await database().rotationStep.findMany({
      where: { environmentId: event.environmentId, orphanedAt: { not: null } },
    })
    expect(event).toMatchObject({
      status: 'failed',
      results: [{ path: 'db', status: 'failed', errorMessage: expect.stringContaining(orphan?.id ?? '?') }],
    })
    expect(event).not.toHaveProperty('postRevision')
    if (name === 'gone') await recovers(reference(name), orphan?.id ?? '')
    expect((await events(name)).slice(0, 2)).toEqual([
      'environment-rotation-started',
      'environment-rotated failed',
    ])
  })

  async function recovers(at: ReturnType<typeof reference>, id: string) {
    const leftover = { id, path: 'db', rotator: 'password' }
    expect(await listLeftovers(ada.actor, at)).toMatchObject([leftover])
    expect(await readLeftover(ada.actor, { ...at, id })).toMatchObject({
      ...leftover,
      state: { current: expect.stringMatching(/^.{16}$/) },
    })
    const unknown = { ...at, id: 'unknown' }
    await expect(readLeftover(ada.actor, unknown)).rejects.toMatchObject({ code: 'not_found' })
    await expect(readLeftover(bob.actor, { ...at, id })).rejects.toMatchObject({ code: 'not_found' })
    await discardLeftover(ada.actor, { ...at, id })
    expect(await listLeftovers(ada.actor, at)).toEqual([])
    expect((await events(at.name)).slice(2)).toEqual([
      'environment-rotation-leftover-read',
      'environment-rotation-leftover-discarded',
    ])
  }

  it('keeps others out while it is under way, and is taken up when it died', async () => {
    await environment('race', 'values:\n  db:\n    fn::rotate::password:\n      inputs: {}\n')
    const started = await Promise.allSettled([rotate('race'), rotate('race'), rotate('race')])
    const won = started.filter(({ status }) => status === 'fulfilled')
    expect(won.length).toBeGreaterThanOrEqual(1)
    for (const each of started) {
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'conflict' })
    }
    const { id, organizationId } = await database().environment.findFirstOrThrow({ where: { name: 'race' } })
    const died = { organizationId, environmentId: id, preRevision: 2 }
    await database().rotationEvent.create({ data: { ...died, leaseUntil: new Date(Date.now() + 60_000) } })
    await expect(rotate('race')).rejects.toMatchObject({ code: 'conflict' })
    await database().rotationEvent.updateMany({
      where: { status: 'in_progress' },
      data: { leaseUntil: new Date(Date.now() - 1) },
    })
    expect(await rotate('race')).toMatchObject({ status: 'succeeded' })
    expect((await events('race')).slice(-3)).toEqual([
      'environment-rotation-interrupted',
      'environment-rotation-started',
      'environment-rotated succeeded',
    ])
  })
})
