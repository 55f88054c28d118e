/** Conditions for instrumented statements, there before any module is: some put a statement together as they load. */
import { Prisma } from '@/lib/db'

declare global {
  var mutantTruths: { always: Prisma.Sql; never: Prisma.Sql }
}

globalThis.mutantTruths = { always: Prisma.sql`TRUE`, never: Prisma.sql`FALSE` }
