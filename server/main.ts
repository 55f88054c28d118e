/** The one process: configuration → database → master key → first set-up → doors → listen → jobs; and the way back. */
import type { Server } from 'node:http'
import { type Config, config, deriveNextAuthUrl } from '@/lib/config'
import { closeDatabase, openDatabase } from '@/lib/db'
import { bootstrap, needsSetup } from '@/lib/organizations/setup'
import { issueSetupCode, lockKeyring, unlock } from '@/lib/secrets'
import { StartupError } from '@/lib/startup-error'
import { type Doors, openDoors } from './doors'
import { closeHttpServer, createHttpServer, listen, requireFreePort } from './http'
import { type Jobs, periodicWork, startJobs } from './jobs'
import { complain, describeFault, say } from './log'
import { listenForOperator } from './operator'

/** A supervisor that waits ten seconds before it kills sees a clean end. */
const graceMs = 7_000
const deadlineMs = 9_500

interface Running {
  server: Server
  doors: Doors
  stopOperator: () => Promise<void>
  jobs: Jobs
}

let stopping = false

async function announce({ url }: Config): Promise<void> {
  say(`OpenESC is ready at ${url}`)
  if (await needsSetup()) {
    say(`Nobody exists here yet. Open ${url}/setup and enter this one-time code: ${await issueSetupCode()}`)
  }
}

async function start(configuration: Config): Promise<Running> {
  await requireFreePort(configuration)
  await openDatabase(configuration)
  await unlock(configuration)
  await bootstrap(configuration)
  deriveNextAuthUrl()
  const doors = await openDoors(configuration, () => stopping)
  const { trustedProxies } = configuration
  const server = createHttpServer({ trustedProxies, doorFor: (url) => doors.doorFor(url) })
  await listen(server, configuration)
  const stopOperator = await listenForOperator(configuration.dataDirectory)
  const jobs = startJobs(periodicWork)
  await announce(configuration)
  return { server, doors, stopOperator, jobs }
}

async function stop({ server, doors, stopOperator, jobs }: Running): Promise<void> {
  await Promise.all([closeHttpServer(server, graceMs), jobs.stop(graceMs)])
  await stopOperator()
  await doors.close()
  await closeDatabase()
  lockKeyring()
}

/** The first signal stops cleanly, also one that comes during the start; the second stops at once. */
function stopOnSignals(running: Promise<Running>): void {
  const onSignal = async (signal: NodeJS.Signals) => {
    if (stopping) process.exit(signal === 'SIGINT' ? 130 : 143)
    stopping = true
    say('Stopping.')
    setTimeout(() => process.exit(1), deadlineMs).unref()
    await stop(await running)
    process.exit(0)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

/** A fault in one request must not end the process for everybody. */
function surviveFaults(): void {
  process.on('unhandledRejection', (reason) => complain(`Unexpected: ${describeFault(reason)}`))
}

/** Nothing was sent to us yet, so an error's message is about this machine and may be said. */
async function failToStart(error: unknown): Promise<never> {
  const message = error instanceof Error ? error.message : ''
  if (error instanceof StartupError) complain(message)
  else complain(`OpenESC could not start: ${message}\n${describeFault(error)}`)
  await closeDatabase().catch(() => {})
  process.exit(1)
}

async function main(): Promise<void> {
  const configuration = config()
  for (const name of configuration.unknownVariables)
    complain(`${name} is not a variable of OpenESC; it is ignored.`)
  const running = start(configuration)
  stopOnSignals(running)
  await running
  surviveFaults()
}

await main().catch(failToStart)
