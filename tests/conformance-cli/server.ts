/**
 * The test entry of the server: the real API on a database of its own, with what only scenarios need. Definitions are
 * written without being validated, since scenarios begin with some that could not be saved, and providers echo. Nothing
 * of this is reachable from the product's own entry.
 */
import { createServer } from 'node:http'
import { createAccessToken } from '@/lib/access/tokens'
import { database } from '@/lib/db'
import { createApi } from '@/server/api'
import { temporaryDatabase } from '../support/database'
import { addOrganization, addPerson, type TestPerson } from '../support/installation'
import { registerEchoProviders } from './echo-providers'
import { ForeignReferrers } from './foreign-referrers'
import type { SeedRequest, ServerMessage } from './messages'
import { seedEnvironments } from './seed'

const foreignReferrers = new ForeignReferrers()
const organizations = ['test-org', 'test-org-2']

async function start(): Promise<void> {
  const temporary = await temporaryDatabase()
  registerEchoProviders()
  const api = await createApi()
  const server = createServer(async (request, response) => {
    if (!(await foreignReferrers.answer(api, request, response))) api.routing(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const person = await addPerson('test-user')
  for (const name of organizations) await addOrganization(name, { admin: person })
  const { tokenValue } = await createAccessToken(person.actor, { description: 'scenarios' })
  process.on('message', (message: SeedRequest) => void answer(person, message))
  process.once('disconnect', async () => {
    server.close()
    await api.close()
    await temporary.close()
    process.exit(0)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  say({ kind: 'listening', port, token: tokenValue })
}

async function answer(person: TestPerson, { environments }: SeedRequest): Promise<void> {
  try {
    await database().environment.deleteMany({})
    await seedEnvironments(person, environments)
    foreignReferrers.replace(environments)
    say({ kind: 'seeded' })
  } catch (error) {
    say({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function say(message: ServerMessage): void {
  process.send?.(message)
}

await start()
