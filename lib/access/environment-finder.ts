/** Looking environments up by name, many at once. */
import { z } from 'zod'
import { selectRows, type Transaction } from '@/lib/db'
import { together } from '@/lib/together'
import type { FoundEnvironment, Standing } from './standing'
import { type EnvironmentName, environmentRow, environmentsQuery } from './standing-query'

export type FindEnvironment = (name: EnvironmentName) => Promise<FoundEnvironment | undefined>

const row = z.object({ environment: environmentRow })

/**
 * Finds living environments of the standing's organization; what is asked for in one turn is one statement. Says nothing
 * about permission.
 */
export function environmentFinder(
  tx: Transaction,
  { organization }: Pick<Standing, 'organization'>,
): FindEnvironment {
  return together(async (names) => {
    const rows = await selectRows(tx, environmentsQuery(organization.id, names))
    const found = rows.map((each) => row.parse(each).environment)
    const byKey = new Map(found.map((each) => [keyOf(each.environment), each]))
    return names.map((name) => byKey.get(keyOf(name)))
  })
}

function keyOf({ project, name }: EnvironmentName): string {
  return `${project}/${name}`.toLowerCase()
}
