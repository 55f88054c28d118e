/** Looking environments up by name, many at once. */
import { z } from 'zod'
import { selectRows, type Transaction } from '@/lib/db'
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
  let waiting: EnvironmentName[] = []
  let answer: Promise<Map<string, FoundEnvironment>> | undefined
  const ask = async () => {
    // Whoever asks in the same turn is heard first.
    await Promise.resolve()
    const names = waiting
    waiting = []
    answer = undefined
    const rows = await selectRows(tx, environmentsQuery(organization.id, names))
    return new Map(
      rows
        .map((each) => row.parse(each).environment)
        .map((found) => [keyOf(found.environment), found] as const),
    )
  }
  return async (name) => {
    waiting.push(name)
    answer ??= ask()
    return (await answer).get(keyOf(name))
  }
}

function keyOf({ project, name }: EnvironmentName): string {
  return `${project}/${name}`.toLowerCase()
}
