/**
 * Rotates one environment and kills itself on the way: the fault injection of `killed.test.ts`. Only tests run it, as a
 * process of its own: `tsx rotate-child.ts`, told what to do by the JSON in OPENESC_TEST_ROTATION.
 */
import * as z from 'zod'
import { personActor } from '@/lib/access/person'
import { closeDatabase, openDatabase } from '@/lib/db'
import { databaseJournal } from '@/lib/rotation/journal'
import { rotateEnvironment } from '@/lib/rotation/rotate'
import { unlock } from '@/lib/secrets'
import type { Killed } from './killed'

const task: z.ZodType<Killed> = z.object({
  databaseUrl: z.string(),
  dataDirectory: z.string(),
  masterKey: z.string(),
  person: z.object({ id: z.string(), login: z.string(), name: z.string() }),
  session: z.string(),
  environment: z.object({ organization: z.string(), project: z.string(), name: z.string() }),
  killAt: z.string(),
})

/** An empty name kills nowhere. */
const { killAt, ...given } = task.parse(JSON.parse(process.env.OPENESC_TEST_ROTATION ?? ''))

function at(point: string): void {
  if (point === killAt) process.kill(process.pid, 'SIGKILL')
}

const journal: typeof databaseJournal = (...call) => {
  const real = databaseJournal(...call)
  return {
    find: async () => {
      at('before reading the journal')
      const step = await real.find()
      at('before planning')
      return step
    },
    keep: async (step) => {
      const what = step.state === undefined ? 'plan' : 'state'
      at(`before keeping the ${what}`)
      await real.keep(step)
      at(`after keeping the ${what}`)
    },
  }
}

await openDatabase(given)
await unlock(given)
const actor = personActor(
  given.person,
  { kind: 'session', id: given.session, name: 'session' },
  { address: '192.0.2.1', requestId: 'child' },
)
await rotateEnvironment(actor, { ...given.environment, paths: [] }, { leaseMs: 1000, journal })
at('after the revision')
await closeDatabase()
