/**
 * Rotation of database users, for every kind of database: two users take turns, and each rotation sets a new password on
 * the one that is not current (providers.md §5.3). Whoever still uses the current one notices nothing.
 */
import { randomBytes } from 'node:crypto'
import type { ProviderContext } from '@/lib/language'
import { shift } from '../current-and-previous'
import { defineRotator } from '../define'
import { setPasswordThroughLambda } from './lambda'
import { type Credential, type DatabaseInputs, databaseInputs, databasePlan, databaseState } from './schema'

export interface DatabaseKind {
  name: 'postgres' | 'mysql'
  description: string
  /**
   * Gives the user that password, as the managing user.
   *
   * @throws ProviderFailure
   */
  setPassword(database: DatabaseInputs['database'], user: Credential, context: ProviderContext): Promise<void>
}

export function defineDatabaseRotator({ name, description, setPassword }: DatabaseKind) {
  return defineRotator({
    name,
    description,
    inputs: databaseInputs,
    state: databaseState,
    outputs: databaseState,
    plan: databasePlan,
    async prepare({ inputs: { rotateUsers }, state, interrupted }) {
      const { username1, username2 } = rotateUsers
      const username = state?.current?.username === username1 ? username2 : username1
      // Perhaps the database has it already: setting the same password again does no harm.
      return interrupted?.username === username ? interrupted : { username, password: newPassword() }
    },
    async apply({ inputs: { database }, state, plan }, context) {
      if (database.connector) {
        const { connector } = database
        await setPasswordThroughLambda({ type: name, database, connector, user: plan }, context)
      } else await setPassword(database, plan, context)
      return shift(state, plan)
    },
    open: (state) => state ?? {},
  })
}

/** Nothing in it needs quoting anywhere; 192 bits. */
function newPassword(): string {
  return randomBytes(24).toString('base64url')
}
