import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import { database, type Transaction, uniqueViolation, withTransaction } from '.'

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
