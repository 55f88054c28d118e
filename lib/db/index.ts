export { Prisma } from '@/lib/generated/prisma/client'
export { backUp } from './backup'
export {
  closeDatabase,
  type DatabaseOptions,
  database,
  databaseKind,
  isDatabase,
  openDatabase,
} from './client'
export { uniqueViolation } from './errors'
export { type Statements, selectReady, selectRows } from './statements'
export { type Transaction, withOneStatement, withStatements, withTransaction } from './transaction'
