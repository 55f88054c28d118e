import { X509Certificate } from 'node:crypto'
import { Resolver } from 'node:dns'
import { createServer, type IncomingMessage, request as requestHttp, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsServer, startDnsServer } from '@/tests/peers/dns-server'
import { createTestCa } from '@/tests/peers/test-ca'
import { fetchText, guardedAgents, mayReach, type OutgoingRequest, sendRequest } from '.'
import type { ResolveName } from './address'

describe('S01: addresses', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('%s is public', (address) => {
    expect(mayReach(address, [])).toBe(true)
  })

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '172.17.0.2',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    '::127.0.0.1',
    'fe80::1',
    'fec0::1',
    'fd00::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '2002:7f00::1',
    '2001:0:7f00::1',
    'localhost',
    '',
  ])('%s is not', (address) => {
    expect(mayReach(address, [])).toBe(false)
  })

  it('may be allowed by range', () => {
    expect(mayReach('10.1.2.3', ['10.1.0.0/16'])).toBe(true)
    expect(mayReach('10.2.2.3', ['10.1.0.0/16'])).toBe(false)
    expect(mayReach('::ffff:10.1.2.3', ['10.1.0.0/16'])).toBe(true)
  })
})

// Before anything asks for the configuration, which is parsed once.
process.env.OPENESC_ALLOW_PRIVATE_TARGETS = '127.0.0.1/32'
process.env.OPENESC_URL = 'https://esc.example.com'

function portOf(server: Server): number {
  // A listening TCP server has an AddressInfo.
  return (server.address() as AddressInfo).port
}

function stop(server: Server): void {
  server.closeAllConnections()
  server.close()
}

describe('requests', () => {
  let server: Server
  let port = 0
  const seen: { request: IncomingMessage; body: string }[] = []
  const timers: NodeJS.Timeout[] = []

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      seen.push({ request, body })
      if (request.url === '/redirect') response.writeHead(302, { location: '/ok' }).end()
      else if (request.url === '/large') response.end('x'.repeat(2000))
      else if (request.url === '/endless') response.write('x')
      else if (request.url === '/slow') timers.push(setInterval(() => response.write('x'), 20))
      else if (request.url === '/headers') {
        for (let at = 0; at < 40; at++) response.setHeader(`x-${at}`, 'x'.repeat(1000))
        response.end()
      } else if (request.url === '/bomb') {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000)))
      } else response.end('fine')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = portOf(server)
  })

  afterAll(() => {
    timers.forEach(clearInterval)
    stop(server)
  })

  const bounds = { maxBytes: 1000, timeoutMs: 500, plainHttp: 'allowed' } as const
  const at = (path: string, host = '127.0.0.1') => new URL(`http://${host}:${port}${path}`)
  const send = (request: Partial<OutgoingRequest>) => sendRequest({ url: at('/ok'), ...bounds, ...request })
  const get = (path: string, host?: string) => fetchText(at(path, host), bounds)

  it('answer with the body', async () => {
    expect(await get('/ok')).toBe('fine')
  })

  it('send method, headers and the very bytes of a body', async () => {
    const answer = await send({ method: 'POST', headers: { 'x-test': 'yes' }, body: Buffer.from('{"a":1}') })
    expect(answer).toMatchObject({ status: 200, text: 'fine' })
    const { request, body } = seen.at(-1) ?? {}
    expect(request?.method).toBe('POST')
    expect(request?.headers).toMatchObject({ 'x-test': 'yes', 'content-length': '7' })
    expect(request?.headers).not.toHaveProperty('accept-encoding')
    expect(body).toBe('{"a":1}')
  })

  it('S03: do not follow redirects, which are answers', async () => {
    const before = seen.length
    expect(await send({ url: at('/redirect') })).toMatchObject({ status: 302, headers: { location: '/ok' } })
    expect(seen.length).toBe(before + 1)
    await expect(get('/redirect')).rejects.toMatchObject({ code: 'status' })
  })

  it.each([
    ['/large', 'too_large'],
    ['/endless', 'timeout'],
    ['/slow', 'timeout'],
    ['/headers', 'unreachable'],
  ])('S04: are bounded: %s is refused as %s', async (path, code) => {
    await expect(get(path)).rejects.toMatchObject({ name: 'OutgoingError', code })
  })

  it('S04: do not unpack what was not asked to be packed', async () => {
    expect((await send({ url: at('/bomb') })).text.length).toBeLessThan(1000)
  })

  it('end with the caller', async () => {
    const cancelled = send({ url: at('/endless'), timeoutMs: 60_000, signal: AbortSignal.timeout(50) })
    await expect(cancelled).rejects.toMatchObject({ code: 'timeout' })
  })

  it.each([
    '[::1]',
    '127.0.0.2',
    '2130706434',
    '0x7f000002',
    '0177.0.0.2',
    '127.2',
    '[::ffff:127.0.0.2]',
    '127.0.0.2.',
    'esc.example.com.invalid@127.0.0.2',
  ])('S01: do not reach %s, in whatever spelling', async (host) => {
    const before = seen.length
    await expect(get('/ok', host)).rejects.toMatchObject({
      code: host.includes('@') ? 'invalid' : 'refused_address',
    })
    expect(seen.length).toBe(before)
  })

  it('S01: do not reach this installation itself', async () => {
    const own = send({ url: new URL('https://esc.example.com/api/user') })
    await expect(own).rejects.toMatchObject({ code: 'refused_address' })
  })

  it.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1/', 'data:,x'])(
    'S03: do not speak %s',
    async (url) => {
      await expect(send({ url: new URL(url) })).rejects.toMatchObject({ code: 'invalid' })
    },
  )

  it('go unencrypted only where that was allowed', async () => {
    const request = sendRequest({ url: at('/ok'), maxBytes: 1000, timeoutMs: 500 })
    await expect(request).rejects.toMatchObject({ code: 'invalid' })
  })

  it.each(['a\r\nx-injected: 1', 'a\nb', 'a\0b'])('S05: refuse a header with a line break', async (value) => {
    const before = seen.length
    const request = send({ headers: { authorization: value } })
    await expect(request).rejects.toMatchObject({
      code: 'invalid',
      message: expect.not.stringContaining(value),
    })
    expect(seen.length).toBe(before)
  })

  it('say so when a name stands for nothing', async () => {
    await expect(get('/ok', 'no-such-name.invalid')).rejects.toMatchObject({ code: 'unreachable' })
  })

  it("S01: of a vendor's client are guarded by its agent", async () => {
    const status = (host: string) =>
      new Promise((resolve, reject) => {
        const { httpAgent: agent } = guardedAgents()
        const outgoing = requestHttp({ host, port, agent, path: '/ok' }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
        outgoing.on('error', reject).end()
      })
    expect(await status('127.0.0.1')).toBe(200)
    for (const host of ['127.0.0.2', '::1', '169.254.169.254']) {
      await expect(status(host)).rejects.toMatchObject({ code: 'refused_address' })
    }
  })
})

describe('S02: names', () => {
  let server: Server
  let dns: DnsServer
  let connections = 0
  const answers = new Map<string, string[][]>()

  beforeAll(async () => {
    server = createServer((_, response) => response.end('fine')).on('connection', () => connections++)
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
    dns = await startDnsServer((name) => answers.get(name)?.shift() ?? [])
  })

  afterAll(async () => {
    stop(server)
    await dns.stop()
  })

  /** A real resolver that asks the server on loopback. */
  const resolve: ResolveName = (hostname, _options, callback) => {
    const resolver = new Resolver()
    resolver.setServers([`127.0.0.1:${dns.port}`])
    resolver.resolve4(hostname, (error, addresses) =>
      callback(
        error,
        (addresses ?? []).map((address) => ({ address, family: 4 })),
      ),
    )
  }

  const get = (name: string) =>
    sendRequest({
      url: new URL(`http://${name}:${portOf(server)}/`),
      maxBytes: 1000,
      timeoutMs: 300,
      plainHttp: 'allowed',
      resolve,
    })

  it('of allowed addresses are reached', async () => {
    answers.set('fine.example.com', [['127.0.0.1']])
    expect(await get('fine.example.com')).toMatchObject({ status: 200 })
  })

  it('that turn from public to private are checked each time they are connected to', async () => {
    answers.set('rebinding.example.com', [['192.0.2.1'], ['203.0.114.1'], ['127.0.0.2'], ['169.254.169.254']])
    const before = connections
    const outcomes: unknown[] = []
    for (let attempt = 0; attempt < 4; attempt++) {
      outcomes.push(await get('rebinding.example.com').catch(({ code }) => code))
    }
    // A range for documentation, a public address that nobody has, and two private ones.
    expect(outcomes).toEqual([
      'refused_address',
      expect.stringMatching('timeout|unreachable'),
      'refused_address',
      'refused_address',
    ])
    // One question a connection: nothing is checked that is not also what is connected to.
    expect(dns.queries.filter((name) => name === 'rebinding.example.com')).toHaveLength(4)
    expect(connections).toBe(before)
  })

  it.each([[['203.0.114.1', '127.0.0.2']], [['127.0.0.2', '203.0.114.1']], [['127.0.0.1', '10.0.0.1']]])(
    'with a forbidden address among others (%s) are refused',
    async (addresses) => {
      answers.set('mixed.example.com', [addresses])
      const before = connections
      await expect(get('mixed.example.com')).rejects.toMatchObject({ code: 'refused_address' })
      expect(connections).toBe(before)
    },
  )
})

describe('certificates', () => {
  let server: ReturnType<typeof createTlsServer>
  let url: URL
  let thumbprint: string
  let authority: string

  beforeAll(async () => {
    const ca = await createTestCa()
    authority = ca.certificate
    const { key, cert } = await ca.issue(['localhost'])
    thumbprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '')
    server = createTlsServer({ key, cert }, (_, response) => response.end('private'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = new URL(`https://127.0.0.1:${portOf(server)}/`)
  })

  afterAll(() => stop(server))

  const get = (thumbprints: string[]) => fetchText(url, { maxBytes: 1000, timeoutMs: 2000, thumbprints })

  it('of no known authority are accepted only by their registered thumbprint', async () => {
    expect(await get([thumbprint])).toBe('private')
    expect(await get(['ab'.repeat(32), thumbprint.toLowerCase()])).toBe('private')
    for (const thumbprints of [[], ['ab'.repeat(32)]]) {
      await expect(get(thumbprints)).rejects.toMatchObject({ code: 'unreachable' })
    }
  })

  it('of a given authority are accepted for their names', async () => {
    const name = new URL(url)
    name.hostname = 'localhost'
    const get = (url: URL) => sendRequest({ url, ca: authority, maxBytes: 1000, timeoutMs: 2000 })
    expect(await get(name)).toMatchObject({ status: 200, text: 'private' })
    await expect(get(url)).rejects.toMatchObject({ code: 'unreachable' })
  })
})
