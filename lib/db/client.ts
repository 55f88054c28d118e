/** The one database of this process. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { join } from 'node:path'
import { PrismaClient } from '@/lib/generated/prisma/client'
import { processWide } from '@/lib/process-wide'
import { projectRoot } from '@/lib/project-root'
import { openEmbedded } from './embedded'
import { migrate, readMigrations } from './migrate'
import { openServer } from './server'
import type { Direct, Store } from './store'

export interface DatabaseOptions {
  /** Absolute path of the folder for the embedded database. */
  dataDirectory: string
  /** A PostgreSQL server; undefined means the embedded database. */
  databaseUrl?: string | undefined
}

interface State {
  open?: { store: Store; client: PrismaClient }
  /** Set while the current call chain is inside a transaction. */
  transaction: AsyncLocalStorage<{ active: boolean }>
  /** Transactions that run. */
  running: number
}

const state = processWide('database', (): State => ({ transaction: new AsyncLocalStorage(), running: 0 }))

/**
 * Opens the database, applies pending migrations and makes it the one that {@link database} returns.
 *
 * @throws StartupError see `openEmbedded`, `openServer`, `migrate`
 */
export async function openDatabase(options: DatabaseOptions): Promise<Store> {
  if (state.open !== undefined) throw new Error('the database of this process is already open')
  const { databaseUrl, dataDirectory } = options
  const store = databaseUrl === undefined ? await openEmbedded(dataDirectory) : await openServer(databaseUrl)
  try {
    await migrate(store, await readMigrations(join(projectRoot(), 'prisma', 'migrations')))
  } catch (error) {
    await store.close()
    throw error
  }
  state.open = { store, client: new PrismaClient({ adapter: store.adapter }) }
  return store
}

/** After this {@link openDatabase} may be called again. */
export async function closeDatabase(): Promise<void> {
  const { open } = state
  delete state.open
  await open?.client.$disconnect()
  await open?.store.close()
}

function openState() {
  if (state.open === undefined) throw new Error('the database is not open')
  return state.open
}

/** Outside transactions only: inside, everything goes through `tx`, or it would wait for itself. */
export function database(): PrismaClient {
  if (state.transaction.getStore()?.active) {
    throw new Error('database() was called inside a transaction; use the transaction')
  }
  return openState().client
}

/** Whether it is the database itself and not a transaction. */
export function isDatabase(db: unknown): boolean {
  return db === openState().client
}

/** The way around Prisma. Outside transactions only, as {@link database}. */
export function direct(): Direct {
  return database() && openState().store.direct
}

export function databaseKind(): Store['kind'] {
  return openState().store.kind
}

/** What the open database can archive of itself; see `Store.archive`. */
export function archiveOf(): Store['archive'] {
  return openState().store.archive
}

/** Runs `work` marked as being inside a transaction, so that {@link database} refuses there. */
export async function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  const mark = { active: true }
  state.running++
  try {
    return await state.transaction.run(mark, work)
  } finally {
    mark.active = false
    state.running--
    // While it is on, every promise of the process costs four times as much (Node.js before 24).
    if (state.running === 0) state.transaction.disable()
  }
}
