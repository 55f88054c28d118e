import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backUp, closeDatabase, database, openDatabase } from '@/lib/db'
import { listenForOperator } from '@/server/operator'
import { type TemporaryDatabase, temporaryDatabase } from './support/database'
import { describeOnEachDatabase } from './support/each-database'
import { addPerson } from './support/installation'

const run = promisify(execFile)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openesc-backup-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('a copy made while people write is a whole installation again', async () => {
  const original: TemporaryDatabase = await temporaryDatabase()
  const stop = await listenForOperator(original.dataDirectory)
  await addPerson('ada')
  const file = join(folder, 'copy.tar.gz')
  const env = { ...process.env, OPENESC_DATA_DIR: original.dataDirectory }
  const copying = run(process.execPath, ['--import', 'tsx', 'server/admin.ts', 'backup', file], { env })
  let written = 0
  let done = false
  const copied = copying.finally(() => {
    done = true
  })
  for (; !done; written++) {
    await addPerson(`person-${written}`)
    // The embedded database answers in microtasks: without this no file and no socket would ever get a turn.
    await setTimeout(20)
  }
  expect((await copied).stdout).toContain(file)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await stop()
  await original.close()

  const restored = join(folder, 'restored')
  await mkdir(join(restored, 'database'), { recursive: true, mode: 0o700 })
  await run('tar', ['-xzf', file, '-C', join(restored, 'database')])
  await openDatabase({ dataDirectory: restored })
  const people = await database().person.findMany({ select: { login: true } })
  await closeDatabase()
  expect(people).toContainEqual({ login: 'ada' })
  expect(people.length).toBeLessThanOrEqual(written + 1)
}, 90_000)

describeOnEachDatabase('a copy', (kind) => {
  test('never replaces a file, and is left to the tools of a database server', async () => {
    if (kind === 'server') return expect(backUp(join(folder, 'server.tar.gz'))).rejects.toThrow('pg_dump')
    const file = join(folder, 'first.tar.gz')
    await backUp(file)
    await expect(backUp(file)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(file),
    })
    await expect(backUp(join(folder, 'missing', 'x'))).rejects.toMatchObject({ code: 'invalid' })
  })
})
