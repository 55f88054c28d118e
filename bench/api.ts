/**
 * Reads and opens per second at 1, 8 and 32 connections on a PostgreSQL server, beside a plain `node:http` handler with
 * the same database. Rounds alternate, so that what else the machine does hits both alike.
 */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { type OpenEsc, startOpenEsc } from '../tests/peers/openesc'
import { startPostgres } from '../tests/peers/postgres'

const connections = [1, 8, 32]
const secondsPerRound = 1.5
const rounds = 3
const name = 'bench/api'

interface Target {
  port: number
  token: string
}

interface Call {
  method: 'GET' | 'POST'
  path: string
}

export default async function api(): Promise<void> {
  const postgres = await startPostgres()
  const databaseUrl = await postgres.createDatabase()
  const esc = await startOpenEsc({ env: { DATABASE_URL: databaseUrl, OPENESC_MASTER_KEY: masterKey } })
  const plain = await startPlain(databaseUrl)
  try {
    await prepare(esc)
    const path = `/api/esc/environments/${esc.administrator.organization}/${name}`
    const targets = { esc: { port: esc.port, token: esc.administrator.token }, plain }
    await compare('read', targets, { method: 'GET', path })
    await compare('open', targets, { method: 'POST', path: `${path}/open` })
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
  return { port, token: '', stop: () => child.disconnect() }
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

async function compare(title: string, targets: { esc: Target; plain: Target }, call: Call): Promise<void> {
  const plain = { ...targets.plain, token: targets.esc.token }
  for (const count of connections) {
    const rates = { esc: 0, plain: 0 }
    for (let round = 0; round <= rounds; round++) {
      const own = await rate(targets.esc, call, count)
      const ceiling = await rate(plain, call, count)
      // The first round warms both up.
      if (round > 0) {
        rates.esc += own / rounds
        rates.plain += ceiling / rounds
      }
    }
    const ratio = (rates.esc / rates.plain).toFixed(2)
    const line = `${title}, ${count} connections`.padEnd(28)
    console.log(`${line} ${perSecond(rates.esc)}  ${ratio} × ceiling (${perSecond(rates.plain).trim()})`)
  }
}

function perSecond(rate: number): string {
  return `${rate.toFixed(0).padStart(7)}/s`
}

/** Requests per second over connections that each wait for one answer before they ask again. */
async function rate({ port, token }: Target, call: Call, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: count })
  const until = performance.now() + secondsPerRound * 1000
  let answers = 0
  const began = performance.now()
  const loop = async () => {
    while (performance.now() < until) {
      await ask({ port, token, agent }, call)
      answers++
    }
  }
  await Promise.all(Array.from({ length: count }, loop))
  agent.destroy()
  return (answers / (performance.now() - began)) * 1000
}

function ask({ port, token, agent }: Target & { agent: Agent }, { method, path }: Call): Promise<void> {
  const headers = { authorization: `token ${token}` }
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${method} ${path} answered ${response.statusCode}`))
      response.resume().on('end', resolve)
    })
    outgoing.on('error', reject).end()
  })
}
