import type { SqlDriverAdapterFactory } from '@prisma/client/runtime/client'

/** One connection, used by nobody else meanwhile. */
export interface SqlSession {
  /** Runs any number of statements. */
  script(sql: string): Promise<void>
  rows(sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>
}

export interface Statement {
  /** With `$1`, `$2` … for the values. */
  text: string
  values: unknown[]
}

export interface StatementResult {
  rows: unknown[]
  /** How many rows it gave or changed. */
  count: number
}

export type Run = (statement: Statement) => Promise<StatementResult>

/** Prepared statements without Prisma between. */
export interface Direct {
  run: Run
  /** Commits what `work` did with its `run`; rolls back and passes on what it throws. */
  transaction<T>(work: (run: Run) => Promise<T>): Promise<T>
}

/** An opened database, embedded or server, before anything is known about its content. */
export interface Store {
  kind: 'embedded' | 'server'
  adapter: SqlDriverAdapterFactory
  /** Runs on one connection while no other process does the same. */
  exclusively<T>(run: (session: SqlSession) => Promise<T>): Promise<T>
  /** All of the database as one moment left it: a tar archive, compressed. A server has tools of its own for this. */
  archive?(): Promise<Blob>
  direct: Direct
  close(): Promise<void>
}
