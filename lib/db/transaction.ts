import { setTimeout as sleep } from 'node:timers/promises'
import type { Prisma } from '@/lib/generated/prisma/client'
import { database, direct, insideTransaction } from './client'
import { isRetryable } from './errors'
import { type Statements, statementsOf } from './statements'

export type Transaction = Prisma.TransactionClient

/** The embedded database has one session, so a burst of transactions queues. */
const limits = { maxWait: 30_000, timeout: 30_000 }
const tries = 6

/**
 * Runs `work` in one transaction at the isolation level *read committed*; lock rows (`FOR UPDATE`) or make updates
 * conditional where order matters. Inside only `tx` may be used, and nothing may wait for the network.
 *
 * A transaction that lost a race (deadlock, serialization failure) is rolled back and run again, so `work` must have no
 * effect outside the database. Whatever `work` throws rolls back and reaches the caller.
 */
export function withTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return withRetries(() => database().$transaction((tx) => insideTransaction(() => work(tx)), limits))
}

/** {@link withTransaction} for work that needs statements only: it goes without Prisma. */
export function withStatements<T>(work: (tx: Statements) => Promise<T>): Promise<T> {
  const { transaction } = direct()
  return withRetries(() => transaction((run) => insideTransaction(() => work(statementsOf(run)))))
}

/** {@link withStatements} for one statement, which is a transaction by itself. */
export function withOneStatement<T>(work: (db: Statements) => Promise<T>): Promise<T> {
  const { run } = direct()
  return withRetries(() => work(statementsOf(run)))
}

async function withRetries<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (attempt === tries || !isRetryable(error)) throw error
      await sleep(Math.random() * 20 * 2 ** attempt)
    }
  }
}
