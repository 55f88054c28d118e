/**
 * The test entry of the server: the real API on a database of its own, with what only scenarios need. Definitions are
 * written without being validated, since scenarios begin with some that could not be saved, and providers echo. Nothing
 * of this is reachable from the product's own entry.
 */
import { createAccessToken } from '@/lib/access/tokens'
import { database } from '@/lib/db'
import { createApi } from '@/server/api'
import { temporaryDatabase } from '../support/database'
import { addOrganization, addPerson, type TestPerson } from '../support/installation'
import { registerEchoProviders } from './echo-providers'
import type { SeedRequest, ServerMessage } from './messages'
import { seedEnvironments } from './seed'

const organizations = ['test-org', 'test-org-2']

async function start(): Promise<void> {
  const temporary = await temporaryDatabase()
  registerEchoProviders()
  const api = await createApi()
  const url = await api.listen({ host: '127.0.0.1', port: 0 })
  const person = await addPerson('test-user')
  for (const name of organizations) await addOrganization(name, { admin: person })
  const { tokenValue } = await createAccessToken(person.actor, { description: 'scenarios' })
  process.on('message', (message: SeedRequest) => void answer(person, message))
  process.once('disconnect', async () => {
    await api.close()
    await temporary.close()
    process.exit(0)
  })
  say({ kind: 'listening', port: Number(new URL(url).port), token: tokenValue })
}

async function answer(person: TestPerson, { environments }: SeedRequest): Promise<void> {
  try {
    await database().environment.deleteMany({})
    await seedEnvironments(person, environments)
    say({ kind: 'seeded' })
  } catch (error) {
    say({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function say(message: ServerMessage): void {
  process.send?.(message)
}

await start()
