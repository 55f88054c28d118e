/**
 * Reads and opens per second at 1, 8 and 32 connections on a PostgreSQL server, beside a plain `node:http` handler with
 * the same database (plain-server.ts says what it leaves out). Rounds alternate, so that what else the machine does hits
 * both alike. The processes' CPU time per request tells more than the rate where the machine is busy: it has one number
 * for the server, one for the plain handler.
 */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { type OpenEsc, startOpenEsc } from '../tests/peers/openesc'
import { startPostgres } from '../tests/peers/postgres'

const connections = [1, 8, 32]
const secondsPerRound = 1.5
const rounds = 3
/** Of each kind, to both: a server that runs for longer than a minute has its code compiled. */
const warmUpCalls = 3_000
const name = 'bench/api'

interface Target {
  port: number
  pid: number
  token: string
}

interface Call {
  method: 'GET' | 'POST'
  path: string
}

interface Comparison {
  esc: Call
  plain: Call
}

export default async function api(): Promise<void> {
  const postgres = await startPostgres()
  const databaseUrl = await postgres.createDatabase()
  const esc = await startOpenEsc({ env: { DATABASE_URL: databaseUrl, OPENESC_MASTER_KEY: masterKey } })
  const plain = await startPlain(databaseUrl)
  try {
    await prepare(esc)
    const path = `/api/esc/environments/${esc.administrator.organization}/${name}`
    const { port, administrator } = esc
    const targets = { esc: { port, pid: esc.child.pid ?? 0, token: administrator.token }, plain }
    const read: Call = { method: 'GET', path }
    const open: Call = { method: 'POST', path: `${path}/open` }
    await compare('read', targets, { esc: read, plain: read })
    await compare('open, nothing recorded by the plain one', targets, { esc: open, plain: open })
    const recorded = { ...open, path: `${open.path}?recorded` }
    await compare('open, both record it', targets, { esc: open, plain: recorded })
  } finally {
    plain.stop()
    await esc.stop()
    await postgres.stop()
  }
}

const masterKey = randomBytes(32).toString('base64')

async function startPlain(databaseUrl: string): Promise<Target & { stop(): void }> {
  const env = { ...process.env, DATABASE_URL: databaseUrl }
  const child = fork(join(import.meta.dirname, 'plain-server.ts'), { env })
  const [{ port }] = await once(child, 'message')
  return { port, pid: child.pid ?? 0, token: '', stop: () => child.disconnect() }
}

async function prepare(esc: OpenEsc): Promise<void> {
  const base = `/api/esc/environments/${esc.administrator.organization}`
  const [project = '', environment = ''] = name.split('/')
  const lines = Array.from({ length: 20 }, (_, at) => `  key${at}: "value \${first} ${at}"`).join('\n')
  const calls: [string, RequestInit][] = [
    [base, { method: 'POST', body: JSON.stringify({ project, name: environment }) }],
    [`${base}/${name}`, { method: 'PATCH', body: `values:\n  first: one\n${lines}\n` }],
  ]
  for (const [path, init] of calls) {
    const response = await esc.api(path, init)
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  }
}

async function compare(
  title: string,
  targets: { esc: Target; plain: Target },
  calls: Comparison,
): Promise<void> {
  const plain = { ...targets.plain, token: targets.esc.token }
  await warmUp(targets.esc, calls.esc)
  await warmUp(plain, calls.plain)
  for (const count of connections) {
    const sums = { esc: { answers: 0, ms: 0, cpuMs: 0 }, plain: { answers: 0, ms: 0, cpuMs: 0 } }
    // The first round opens connections.
    await load(targets.esc, calls.esc, count)
    await load(plain, calls.plain, count)
    for (let round = 0; round < rounds; round++) {
      add(sums.esc, await load(targets.esc, calls.esc, count))
      add(sums.plain, await load(plain, calls.plain, count))
    }
    reportComparison(`${title}, ${count} connections`, sums)
  }
}

async function warmUp({ port, token }: Target, call: Call): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  await Promise.all(Array.from({ length: warmUpCalls }, () => ask({ port, token, agent }, call)))
  agent.destroy()
}

interface Load {
  answers: number
  ms: number
  /** CPU time of the server process. */
  cpuMs: number
}

function add(sum: Load, { answers, ms, cpuMs }: Load): void {
  sum.answers += answers
  sum.ms += ms
  sum.cpuMs += cpuMs
}

function reportComparison(title: string, { esc, plain }: { esc: Load; plain: Load }): void {
  const rate = ({ answers, ms }: Load) => (answers / ms) * 1000
  const cpu = ({ answers, cpuMs }: Load) => cpuMs / answers
  const ratio = (rate(esc) / rate(plain)).toFixed(2)
  const rates = `${rate(esc).toFixed(0).padStart(6)}/s  ${ratio} × ceiling (${rate(plain).toFixed(0)})`
  const times = `cpu ${cpu(esc).toFixed(2)} ms each, ${(cpu(esc) / cpu(plain)).toFixed(1)} × (${cpu(plain).toFixed(2)})`
  console.log(`${title.padEnd(56)} ${rates.padEnd(34)} ${times}`)
}

/** Milliseconds of CPU that a process has used; NaN where there is no `/proc`. */
function cpuMilliseconds(pid: number): number {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return Number.NaN
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? []
  const ticks = Number(fields[11]) + Number(fields[12])
  return (ticks * 1000) / ticksPerSecond
}

/** `getconf CLK_TCK` on every Linux that Node.js runs on. */
const ticksPerSecond = 100

/** Requests for a while over connections that each wait for one answer before they ask again. */
async function load({ port, pid, token }: Target, call: Call, count: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: count })
  const [began, used] = [performance.now(), cpuMilliseconds(pid)]
  const until = began + secondsPerRound * 1000
  let answers = 0
  const loop = async () => {
    while (performance.now() < until) {
      await ask({ port, token, agent }, call)
      answers++
    }
  }
  await Promise.all(Array.from({ length: count }, loop))
  agent.destroy()
  return { answers, ms: performance.now() - began, cpuMs: cpuMilliseconds(pid) - used }
}

function ask(
  { port, token, agent }: Omit<Target, 'pid'> & { agent: Agent },
  { method, path }: Call,
): Promise<void> {
  const headers = { authorization: `token ${token}` }
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${method} ${path} answered ${response.statusCode}`))
      response.resume().on('end', resolve)
    })
    outgoing.on('error', reject).end()
  })
}
