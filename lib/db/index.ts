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
export { type Statements, selectRows } from './statements'
export { type Transaction, withStatements, withTransaction } from './transaction'
