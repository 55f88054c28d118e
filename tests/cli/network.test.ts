/** Between the command line and the server: proxies, and what a person sees of the waiting. */
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import net from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patienceMs } from '@/cli/terminal/progress'
import { type ConnectProxy, startConnectProxy } from '../peers/connect-proxy'
import { type Machine, machine } from './harness'
import { program } from './program'
import { service, variablesFor } from './service'

const backend = service()
const esc = program()
const host = 'esc.openesc.test'

describe('a proxy', () => {
  let tunnels: ConnectProxy
  let absolute: { url: string; asked: { url: string; authorization: string }[]; stop(): void }

  beforeAll(async () => {
    const { port } = new URL(backend.url)
    const accept = (connection: Duplex) => {
      const upstream = net.connect({ host: '127.0.0.1', port: Number(port) })
      upstream.on('error', () => connection.destroy())
      connection.pipe(upstream).pipe(connection)
    }
    tunnels = await startConnectProxy({ accept }, { names: [host] })
    absolute = await startAbsoluteProxy(Number(port))
  })
  afterAll(async () => {
    absolute.stop()
    await tunnels.stop()
  })

  const list = (env: Record<string, string>) => {
    const variables = { PULUMI_ACCESS_TOKEN: backend.token, NODE_EXTRA_CA_CERTS: authority(), ...env }
    return esc.start(['env', 'ls'], variables).ended
  }
  const authority = () => {
    const file = join(esc.directory, 'authority.pem')
    writeFileSync(file, tunnels.certificate)
    return file
  }

  it('of HTTPS_PROXY gives a tunnel, and the server is verified through it', async () => {
    const env = { PULUMI_BACKEND_URL: `https://${host}`, HTTPS_PROXY: tunnels.url }
    expect(await list(env)).toMatchObject({ code: 0 })
    expect(new Set(tunnels.tunnels)).toEqual(new Set([`${host}:443`]))
    const distrusting = await list({ ...env, NODE_EXTRA_CA_CERTS: '' })
    expect(distrusting).toMatchObject({ code: 1, stderr: expect.stringContaining('UNABLE_TO_VERIFY') })
  }, 60_000)

  it('that refuses the tunnel is named', async () => {
    const env = { PULUMI_BACKEND_URL: 'https://elsewhere.openesc.test', HTTPS_PROXY: tunnels.url }
    const { code, stderr } = await list(env)
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`the proxy ${new URL(tunnels.url).host} answered 403`),
    })
    expect(stderr).not.toContain(backend.token)
  }, 60_000)

  it('of HTTP_PROXY is asked for the whole address, by its own name and password', async () => {
    const url = absolute.url.replace('//', '//me:word@')
    const env = { PULUMI_BACKEND_URL: `http://${host}`, http_proxy: url }
    expect(await list(env)).toMatchObject({ code: 0 })
    expect(absolute.asked[0]).toEqual({
      url: `http://${host}/api/user`,
      authorization: `Basic ${Buffer.from('me:word').toString('base64')}`,
    })
  })

  it('is passed over for loopback', async () => {
    expect(await list({ PULUMI_BACKEND_URL: backend.url, HTTP_PROXY: 'http://127.0.0.1:9' })).toMatchObject({
      code: 0,
    })
  })
})

/** A proxy that knows requests with a whole address, whatever host they name, as one for the server. */
async function startAbsoluteProxy(port: number) {
  const asked: { url: string; authorization: string }[] = []
  const server = createServer((incoming, response) => {
    const { url = '', method, headers } = incoming
    const { 'proxy-authorization': authorization = '', ...passed } = headers
    asked.push({ url, authorization })
    const { pathname, search } = new URL(url)
    const options = { host: '127.0.0.1', port, method, path: pathname + search, headers: passed }
    incoming.pipe(
      request(options, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  const address = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${address.port}`, asked, stop: () => server.close() }
}

interface Relay {
  readonly url: string
  stop(): void
}

/** In front of the server; `before` may change a request, and holds it back for as long as it takes. */
async function startRelay(before: (incoming: IncomingMessage) => Promise<void> | void): Promise<Relay> {
  const { port } = new URL(backend.url)
  const relay = createServer(async (incoming, response) => {
    await before(incoming)
    const { url: path, method, headers } = incoming
    incoming.pipe(
      request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      }),
    )
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  const { port: own } = relay.address() as AddressInfo
  return { url: `http://127.0.0.1:${own}`, stop: () => relay.close() }
}

describe('opening', () => {
  const asked: string[] = []
  let knowsPreferences = false
  let relay: Relay
  const home = machine()

  beforeAll(async () => {
    relay = await startRelay((incoming) => {
      asked.push(`${incoming.method} ${incoming.url}`)
      if (!knowsPreferences) delete incoming.headers.prefer
    })
    Object.assign(home.env, variablesFor(backend), { PULUMI_BACKEND_URL: relay.url })
    const definition = 'values: { token: { fn::secret: hush }, half: 1.50 }\n'
    expect((await home.run(['env', 'init', 'acme/app/opened', '-f', '-'], definition)).outcome).toEqual({
      exitCode: 0,
    })
  })
  afterAll(() => {
    relay.stop()
    home.remove()
  })

  it.each([
    ['takes one request of a server that gives the values at once', true, ['POST']],
    ['reads the session on any other server', false, ['POST', 'GET']],
  ])('%s', async (_, knows, methods) => {
    knowsPreferences = knows
    asked.length = 0
    const { stdout } = await home.run(['open', 'acme/app/opened'])
    expect(JSON.parse(stdout)).toEqual({ token: 'hush', half: 1.5 })
    const opening = asked.filter((one) => one.includes('/opened/open'))
    expect(opening.map((one) => one.split(' ')[0])).toEqual(methods)
  })
})

describe('waiting for a slow server', () => {
  let relay: Relay

  beforeAll(async () => {
    relay = await startRelay(async ({ url }) => {
      if (url === '/api/user') await sleep(3 * patienceMs)
    })
  })
  afterAll(() => relay.stop())

  async function listOn(local: Machine) {
    const ran = await local.run(['env', 'ls'])
    local.remove()
    return ran
  }
  const variables = () => ({ ...variablesFor(backend), PULUMI_BACKEND_URL: relay.url })

  it('shows on a terminal that it waits, and takes that away', async () => {
    const { stdout, stderr } = await listOn(machine({ env: variables(), person: {} }))
    expect(stderr).toContain(`Waiting for ${new URL(relay.url).host}`)
    expect(stderr.slice(stderr.lastIndexOf('Waiting'))).toContain('\r\u001b[K')
    expect(stdout).not.toContain('Waiting')
  })

  it.each([
    ['in a pipe', undefined, {}],
    ['on a terminal that cannot', {}, { TERM: 'dumb' }],
  ])('is silent %s', async (_, person, more) => {
    const { outcome, stderr } = await listOn(machine({ env: { ...variables(), ...more }, person }))
    expect(outcome).toEqual({ exitCode: 0 })
    expect(stderr).toBe('Logging in using access token from PULUMI_ACCESS_TOKEN\n')
  })
})
