import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import {
  database,
  type Statements,
  type Transaction,
  uniqueViolation,
  withStatements,
  withTransaction,
} from '.'

function add(db: Transaction, key: string) {
  return db.rateLimit.create({ data: { key, windowStart: new Date() } })
}

function increment(db: Transaction, key: string) {
  return db.rateLimit.update({ where: { key }, data: { count: { increment: 1 } } })
}

describeOnEachDatabase('transactions', (kind) => {
  it('refuse the database outside of them, which would wait for itself', async () => {
    await expect(withTransaction(async () => database())).rejects.toThrow('inside a transaction')
    expect(() => database()).not.toThrow()
  })

  it('end being inside when they end', async () => {
    let later: (() => unknown) | undefined
    await withTransaction(async () => {
      later = () => database()
    })
    expect(later).not.toThrow()
  })

  it('roll back what throws', async () => {
    const failing = withTransaction(async (tx) => {
      await add(tx, 'rolled back')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await database().rateLimit.findUnique({ where: { key: 'rolled back' } })).toBeNull()
  })

  it('do not lose any of many at once', async () => {
    await add(database(), 'counter')
    await Promise.all(Array.from({ length: 50 }, () => withTransaction((tx) => increment(tx, 'counter'))))
    expect(await database().rateLimit.findUnique({ where: { key: 'counter' } })).toMatchObject({ count: 50 })
  })

  it('name the columns of a unique index', async () => {
    const login = { codeHash: Buffer.from('code'), codeChallenge: '', personId: '', description: '' }
    const data = { ...login, expiresAt: new Date() }
    await database().cliLogin.create({ data })
    const collision = await database()
      .cliLogin.create({ data })
      .catch((error: unknown) => error)
    expect(uniqueViolation(collision)).toEqual(['codeHash'])
    expect(uniqueViolation(new Error('other'))).toBeUndefined()
  })

  it('tell a taken primary key from other faults', async () => {
    await add(database(), 'twice')
    const collision = await withTransaction((tx) => add(tx, 'twice')).catch((error: unknown) => error)
    expect(uniqueViolation(collision)).toBeDefined()
  })

  if (kind !== 'server') return
  describe('on a server', () => {
    it('run again after a deadlock', async () => {
      await add(database(), 'left')
      await add(database(), 'right')
      const bothHoldOne = twoArrivals()
      const cross = (one: string, other: string) =>
        withTransaction(async (tx) => {
          await increment(tx, one)
          await bothHoldOne()
          await increment(tx, other)
        })
      await Promise.all([cross('left', 'right'), cross('right', 'left')])
      const rows = await database().rateLimit.findMany({ where: { key: { in: ['left', 'right'] } } })
      expect(rows.map((row) => row.count)).toEqual([2, 2])
    })
  })
})

function addRaw(db: Statements, key: string) {
  return db.$executeRaw`INSERT INTO "RateLimit" ("key", "count", "windowStart") VALUES (${key}, 1, ${new Date()})`
}

function incrementRaw(db: Statements, key: string) {
  return db.$executeRaw`UPDATE "RateLimit" SET "count" = "count" + 1 WHERE "key" = ${key}`
}

describeOnEachDatabase('transactions of statements', (kind) => {
  it('commit what they did, and give rows and counts', async () => {
    const rows = await withStatements(async (tx) => {
      expect(await addRaw(tx, 'kept')).toBe(1)
      return tx.$queryRaw<{ key: string; count: number; windowStart: Date }[]>`
        SELECT "key", "count", "windowStart" FROM "RateLimit" WHERE "key" = ${'kept'}`
    })
    expect(rows).toEqual([{ key: 'kept', count: 1, windowStart: expect.any(Date) }])
    expect(await database().rateLimit.findUnique({ where: { key: 'kept' } })).toMatchObject({ count: 1 })
  })

  it('roll back what throws, and leave a connection that works', async () => {
    const failing = withStatements(async (tx) => {
      await addRaw(tx, 'undone')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await database().rateLimit.findUnique({ where: { key: 'undone' } })).toBeNull()
    await expect(withStatements(async (tx) => addRaw(tx, 'after'))).resolves.toBe(1)
  })

  it('do not report as done what a failed statement undid', async () => {
    const careless = withStatements(async (tx) => {
      await addRaw(tx, 'careless')
      await Promise.resolve(addRaw(tx, 'careless')).catch(() => {})
    })
    await expect(careless).rejects.toThrow()
    expect(await database().rateLimit.findUnique({ where: { key: 'careless' } })).toBeNull()
  })

  it('refuse the database outside of them', async () => {
    await expect(withStatements(async () => database())).rejects.toThrow('inside a transaction')
  })

  it('do not lose any of many at once', async () => {
    await addRaw(database(), 'many')
    await Promise.all(
      Array.from({ length: 50 }, () => withStatements(async (tx) => incrementRaw(tx, 'many'))),
    )
    expect(await database().rateLimit.findUnique({ where: { key: 'many' } })).toMatchObject({ count: 51 })
  })

  it.runIf(kind === 'server')('run again after a deadlock', async () => {
    await addRaw(database(), 'first')
    await addRaw(database(), 'second')
    const bothHoldOne = twoArrivals()
    const cross = (one: string, other: string) =>
      withStatements(async (tx) => {
        await incrementRaw(tx, one)
        await bothHoldOne()
        await incrementRaw(tx, other)
      })
    await Promise.all([cross('first', 'second'), cross('second', 'first')])
    const rows = await database().rateLimit.findMany({ where: { key: { in: ['first', 'second'] } } })
    expect(rows.map((row) => row.count)).toEqual([3, 3])
  })
})

/** Holds the first caller until there is a second; later callers pass. */
function twoArrivals(): () => Promise<void> {
  let arrived = 0
  let open = () => {}
  const both = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    arrived += 1
    if (arrived === 2) open()
    return both
  }
}
