import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PrismaClient } from '../generated/prisma/client'
import { type EmbeddedStore, openEmbedded } from './embedded'

let parent = ''
let store: EmbeddedStore
let client: PrismaClient
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'openesc-embedded-'))
  store = await openEmbedded(join(parent, 'data'))
  client = new PrismaClient({ adapter: store.adapter })
})
afterAll(async () => {
  await store.close()
  await rm(parent, { recursive: true, force: true })
})

async function modeOf(path: string) {
  return ((await stat(path)).mode & 0o777).toString(8)
}

describe('the embedded database', () => {
  it('lies in a folder that is closed to others', async () => {
    expect(await modeOf(join(parent, 'data'))).toBe('700')
    expect(await modeOf(join(parent, 'data', 'database'))).toBe('700')
  })

  it('syncs every commit', async () => {
    await client.$executeRawUnsafe('CREATE TABLE "synced" ("n" int)')
    const before = store.syncs()
    for (let n = 0; n < 10; n++) await client.$executeRaw`INSERT INTO "synced" VALUES (${n})`
    expect(store.syncs() - before).toBeGreaterThanOrEqual(10)
  })

  it('reports a commit that fails', async () => {
    await client.$executeRawUnsafe('CREATE TABLE "parent" ("id" int PRIMARY KEY)')
    await client.$executeRawUnsafe(
      'CREATE TABLE "child" ("id" int REFERENCES "parent" DEFERRABLE INITIALLY DEFERRED)',
    )
    const orphan = client.$transaction((tx) => tx.$executeRawUnsafe('INSERT INTO "child" VALUES (1)'))
    await expect(orphan).rejects.toThrow()
    const whole = client.$transaction(async (tx) => {
      await tx.$executeRawUnsafe('INSERT INTO "child" VALUES (1)')
      await tx.$executeRawUnsafe('INSERT INTO "parent" VALUES (1)')
    })
    await expect(whole).resolves.toBeUndefined()
    expect(await client.$queryRawUnsafe('SELECT * FROM "child"')).toEqual([{ id: 1 }])
  })

  it('keeps working after a transaction that was rolled back', async () => {
    const failing = client.$transaction(async (tx) => {
      await tx.$executeRawUnsafe('CREATE TABLE "undone" ("n" int)')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await expect(client.$executeRawUnsafe('INSERT INTO "undone" VALUES (1)')).rejects.toThrow('undone')
  })

  it('speaks UTC, as the adapter takes for granted', async () => {
    const [row] = await client.$queryRawUnsafe<{ zone: string }[]>(
      `SELECT current_setting('timezone') AS "zone"`,
    )
    expect(row?.zone).toBe('UTC')
  })

  describe('statements without Prisma', () => {
    const numbers = (text: string, ...values: unknown[]) =>
      store.direct.run({ text, values }).then(({ rows }) => rows)

    it('are prepared once, and run with other values', async () => {
      const text = 'SELECT $1::int + 1 AS "next", $2::text[] AS "list", $3::timestamptz AS "none"'
      expect(await numbers(text, 1, ['a', 'b,"c'], null)).toEqual([
        { next: 2, list: ['a', 'b,"c'], none: null },
      ])
      expect(await numbers(text, 41, [], null)).toEqual([{ next: 42, list: [], none: null }])
      const known = 'SELECT count(*)::int AS "count" FROM pg_prepared_statements WHERE statement = $1'
      expect(await numbers(known, text)).toEqual([{ count: 1 }])
    })

    it('go on after one that cannot be prepared, and after one that fails', async () => {
      await expect(numbers('SELECT nothing')).rejects.toMatchObject({ code: '42703' })
      for (let round = 0; round < 2; round++)
        await expect(numbers('SELECT 1 / $1::int AS "n"', 0)).rejects.toMatchObject({ code: '22012' })
      expect(await numbers('SELECT 1 / $1::int AS "n"', 1)).toEqual([{ n: 1 }])
    })

    it('say how many rows they changed', async () => {
      await client.$executeRawUnsafe('CREATE TABLE "changed" AS SELECT generate_series(1, 5) AS "n"')
      const { count } = await store.direct.run({ text: 'DELETE FROM "changed" WHERE "n" > $1', values: [2] })
      expect(count).toBe(3)
    })

    it('are no part of a transaction that runs meanwhile', async () => {
      await client.$executeRawUnsafe('CREATE TABLE "meanwhile" ("n" int)')
      let outside: Promise<unknown> | undefined
      const failing = store.direct.transaction(async () => {
        outside = numbers('INSERT INTO "meanwhile" VALUES ($1)', 1)
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      await outside
      expect(await numbers('SELECT * FROM "meanwhile"')).toEqual([{ n: 1 }])
    })

    it('are as good when there are too many to prepare them all', async () => {
      for (let n = 0; n < 250; n++)
        expect(await numbers(`SELECT ${n}::int + $1::int AS "n"`, 1)).toEqual([{ n: n + 1 }])
    })
  })

  it('refuses a second opening of the same folder', async () => {
    const second = openEmbedded(join(parent, 'data'))
    await expect(second).rejects.toMatchObject({ code: 'data_folder_in_use' })
  })
})

describe('the data folder', () => {
  it('is made private when it is empty', async () => {
    const folder = join(parent, 'empty')
    await mkdir(folder)
    await chmod(folder, 0o755)
    await (await openEmbedded(folder)).close()
    expect(await modeOf(folder)).toBe('700')
  })

  it('is left alone when it is open to others and holds something else', async () => {
    const folder = join(parent, 'foreign')
    await mkdir(folder)
    await writeFile(join(folder, 'something'), '')
    await chmod(folder, 0o755)
    await expect(openEmbedded(folder)).rejects.toMatchObject({ code: 'data_folder_unusable' })
    expect(await modeOf(folder)).toBe('755')
  })

  it('cannot be a file', async () => {
    await writeFile(join(parent, 'file'), '')
    await expect(openEmbedded(join(parent, 'file'))).rejects.toMatchObject({ code: 'data_folder_unusable' })
  })
})
