export { Prisma } from '@/lib/generated/prisma/client'
export { closeDatabase, type DatabaseOptions, database, databaseKind, openDatabase } from './client'
export { uniqueViolation } from './errors'
export { type Transaction, withTransaction } from './transaction'
