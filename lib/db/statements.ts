/**
 * Statements that name no model. They reach the driver without Prisma between, which costs more than most statements do:
 * for the paths that every request takes. A Prisma transaction takes them too.
 *
 * Ask only for columns that both give alike: text, integers below 2³¹, booleans, times, bytes, JSON.
 */
import { Prisma } from '@/lib/generated/prisma/client'
import { direct, isDatabase } from './client'
import type { Run, Statement } from './store'

type Template = TemplateStringsArray | Prisma.Sql

/** What a transaction of Prisma and a direct one have in common. */
export interface Statements {
  /** The rows of a statement; `T` is what the caller knows of them. */
  $queryRaw<T = unknown>(template: Template, ...values: unknown[]): PromiseLike<T>
  /** @returns how many rows it changed */
  $executeRaw(template: Template, ...values: unknown[]): PromiseLike<number>
}

/** Statements that `run` sends. */
export function statementsOf(run: Run): Statements {
  return {
    async $queryRaw<T>(template: Template, ...values: unknown[]) {
      const { rows } = await run(sqlOf(template, values))
      // As with Prisma's own: whoever wrote the statement says what it gives.
      return rows as T
    },
    async $executeRaw(template, ...values) {
      return (await run(sqlOf(template, values))).count
    },
  }
}

function sqlOf(template: Template, values: unknown[]): Prisma.Sql {
  return 'raw' in template ? Prisma.sql(template, ...values) : template
}

/** The rows of one reading statement whose text is ready. Outside transactions only. */
export async function selectReady(statement: Statement): Promise<unknown[]> {
  return (await direct().run(statement)).rows
}

/** The rows of one reading statement, without Prisma where `db` is the database itself. */
export function selectRows(db: Statements, sql: Prisma.Sql): PromiseLike<unknown[]> {
  return isDatabase(db)
    ? direct()
        .run(sql)
        .then(({ rows }) => rows)
    : db.$queryRaw<unknown[]>(sql)
}
