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
import { letTimePass } from './passing-night'
import type { SeedEnvironment } from './scenario'
import { gateOpening, seedEnvironments } from './seed'

const foreignReferrers = new ForeignReferrers()
/** A person is an organization, too. */
const organizations = new Set(['test-user'])

async function start(): Promise<void> {
  const temporary = await temporaryDatabase()
  registerEchoProviders()
  const api = await createApi()
  const server = createServer(async (request, response) => {
    await letTimePass(request)
    if (!(await foreignReferrers.answer(api, request, response))) api.routing(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const person = await addPerson('test-user')
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

async function answer(person: TestPerson, { environments, gated }: SeedRequest): Promise<void> {
  try {
    await database().environment.deleteMany({})
    await addOrganizations(person, environments)
    const names = await seedEnvironments(person, environments)
    if (gated) for (const { path } of environments) await gateOpening(person, path)
    foreignReferrers.replace(environments)
    say({ kind: 'seeded', names })
  } catch (error) {
    say({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

/** The person belongs to every organization that a scenario names, and to one that it may name. */
async function addOrganizations(admin: TestPerson, environments: readonly SeedEnvironment[]): Promise<void> {
  for (const name of ['test-org', ...environments.map(({ path }) => path.split('/')[0] ?? '')]) {
    if (organizations.has(name)) continue
    organizations.add(name)
    await addOrganization(name, { admin })
  }
}

function say(message: ServerMessage): void {
  process.send?.(message)
}

await start()
