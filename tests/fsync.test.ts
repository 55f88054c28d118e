import fs from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEmbedded } from '@/lib/db/embedded'

const commits = 20
const original = fs.fsyncSync
let calls = 0
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openesc-fsync-'))
  fs.fsyncSync = (descriptor) => {
    calls += 1
    original(descriptor)
  }
  syncBuiltinESMExports()
})

afterAll(async () => {
  fs.fsyncSync = original
  syncBuiltinESMExports()
  await rm(folder, { recursive: true, force: true })
})

/** Calls of fsync that this process makes while it commits `commits` transactions one after another. */
async function syncsOfCommits(run: (sql: string) => Promise<unknown>): Promise<number> {
  await run('create table durable (n int)')
  const before = calls
  for (let n = 0; n < commits; n++) await run(`insert into durable values (${n})`)
  return calls - before
}

it('the embedded database syncs at least once per commit', async () => {
  const store = await openEmbedded(join(folder, 'durable'))
  const syncs = await store.exclusively((session) => syncsOfCommits((sql) => session.script(sql)))
  await store.close()
  expect(syncs).toBeGreaterThanOrEqual(commits)
}, 120_000)

it('the plain file system of PGlite never does, so the count above means something', async () => {
  const database = await PGlite.create(join(folder, 'plain'), {
    startParams: PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  })
  const syncs = await syncsOfCommits((sql) => database.exec(sql))
  await database.close()
  expect(syncs).toBe(0)
}, 120_000)
