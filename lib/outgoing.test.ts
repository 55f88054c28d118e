import { X509Certificate } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestCa } from '@/tests/peers/test-ca'
import { fetchText, mayReach } from './outgoing'

describe('S01: addresses', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('%s is public', (address) => {
    expect(mayReach(address, [])).toBe(true)
  })

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::7f00:1',
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

describe('requests', () => {
  let server: Server
  let port = 0
  let requests = 0

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests++
      if (request.url === '/redirect') response.writeHead(302, { location: '/ok' }).end()
      else if (request.url === '/large') response.end('x'.repeat(2000))
      else if (request.url === '/endless') response.write('x')
      else response.end('fine')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A listening TCP server has an AddressInfo.
    port = (server.address() as AddressInfo).port
  })

  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const get = (path: string, host = '127.0.0.1') =>
    fetchText(new URL(`http://${host}:${port}${path}`), { maxBytes: 1000, timeoutMs: 500 })

  it('answer with the body', async () => {
    expect(await get('/ok')).toBe('fine')
  })

  it.each([
    ['/redirect', 'status'],
    ['/large', 'too_large'],
    ['/endless', 'timeout'],
  ])('S02: are bounded: %s is refused as %s', async (path, code) => {
    await expect(get(path)).rejects.toMatchObject({ name: 'OutgoingError', code })
  })

  it.each(['[::1]', '127.0.0.2', '2130706434', '0x7f000002', '[::ffff:127.0.0.2]'])(
    'S01: do not reach %s, in whatever spelling',
    async (host) => {
      const before = requests
      await expect(get('/ok', host)).rejects.toMatchObject({ code: 'refused_address' })
      expect(requests).toBe(before)
    },
  )

  it('say so when a name stands for nothing', async () => {
    await expect(get('/ok', 'no-such-name.invalid')).rejects.toMatchObject({ code: 'unreachable' })
  })
})

describe('certificates', () => {
  let server: ReturnType<typeof createTlsServer>
  let url: URL
  let thumbprint: string

  beforeAll(async () => {
    const { key, cert } = await (await createTestCa()).issue(['localhost'])
    thumbprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '')
    server = createTlsServer({ key, cert }, (_, response) => response.end('private'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A listening TCP server has an AddressInfo.
    url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  })

  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const get = (thumbprints: string[]) => fetchText(url, { maxBytes: 1000, timeoutMs: 2000, thumbprints })

  it('of no known authority are accepted only by their registered thumbprint', async () => {
    expect(await get([thumbprint])).toBe('private')
    expect(await get(['ab'.repeat(32), thumbprint.toLowerCase()])).toBe('private')
    for (const thumbprints of [[], ['ab'.repeat(32)]]) {
      await expect(get(thumbprints)).rejects.toMatchObject({ code: 'unreachable' })
    }
  })
})
