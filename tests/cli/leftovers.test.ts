/** `esc env leftover`: what an interrupted rotation made is listed, shown and let go. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { database, withTransaction } from '@/lib/db'
import { rotationStepPlace, seal } from '@/lib/secrets'
import { type Machine, machine } from './harness'
import { service, variablesFor } from './service'

const environment = 'acme/shop/prod'
const canary = 'canary-of-a-leftover'

describe('esc env leftover', () => {
  const api = service()
  let local: Machine
  let id = ''

  beforeAll(async () => {
    local = machine({ env: variablesFor(api) })
    expect((await local.run(['env', 'init', environment])).outcome).toEqual({ exitCode: 0 })
    const row = await database().environment.findFirstOrThrow()
    const at = { organizationId: row.organizationId, environmentId: row.id }
    id = randomUUID()
    const step = Buffer.from(JSON.stringify({ basis: '', plan: { password: canary }, state: { at: 1.5 } }))
    await withTransaction(async (tx) => {
      const sealed = await seal(tx, rotationStepPlace(at.organizationId, id), step)
      const times = { createdAt: new Date('2026-11-01T10:00:00Z'), orphanedAt: new Date() }
      await tx.rotationStep.create({
        data: { id, ...at, path: 'values.gone', rotator: 'password', sealed, ...times },
      })
    })
  })
  afterAll(() => local.remove())

  const leftover = (...words: string[]) => local.run(['env', 'leftover', ...words])

  it('lists them without a secret', async () => {
    const { stdout } = await leftover('list', environment, '--utc')
    expect(stdout).toContain(id)
    expect(stdout).toMatch(/gone +.*password +.*2026-11-01 10:00:00/)
    expect(stdout).not.toContain(canary)
    const { stdout: json } = await leftover('ls', environment, '--output', 'json')
    expect(JSON.parse(json)).toMatchObject({ leftovers: [{ id, path: 'gone', rotator: 'password' }] })
  })

  it('shows what was made, on the record', async () => {
    const { stdout } = await leftover('get', environment, id)
    expect(JSON.parse(stdout)).toMatchObject({ id, plan: { password: canary }, state: { at: 1.5 } })
    const event = 'environment-rotation-leftover-read'
    expect(await database().auditEvent.count({ where: { event } })).toBe(1)
  })

  it('lets one go when the person means it', async () => {
    const declined = await local.run(['env', 'leftover', 'rm', environment, id], 'no\n')
    expect(declined.stderr).toContain('confirmation declined')
    expect(declined.outcome).toEqual({ exitCode: 1 })
    const { stdout } = await leftover('rm', environment, id, '--yes')
    expect(stdout).toBe(`Removed leftover ${id} of ${environment}\n`)
    expect((await leftover('get', environment, id)).stderr).toContain('[404]')
    expect((await leftover('get', environment, '')).stderr).toContain('leftover ID cannot be empty')
  })
})
