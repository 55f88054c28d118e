import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ConnectProxy, startConnectProxy } from '@/tests/peers/connect-proxy'
import { sendRequest } from '.'

const peer = createServer((request, response) => response.end(request.headers.host))
let proxy: ConnectProxy

beforeAll(async () => {
  proxy = await startConnectProxy({ accept: (connection: Duplex) => peer.emit('connection', connection) })
  // Before anything asks for the configuration, which is parsed once.
  process.env.OPENESC_HTTPS_PROXY = proxy.url
})

afterAll(() => proxy.stop())

const get = (url: string) =>
  sendRequest({ url: new URL(url), ca: proxy.certificate, maxBytes: 1000, timeoutMs: 2000 })

it('requests leave through the proxy of the operator, which may be private and resolves the names', async () => {
  const answer = await get('https://ssm.us-east-1.amazonaws.com/')
  expect(answer).toMatchObject({ status: 200, text: 'ssm.us-east-1.amazonaws.com' })
  expect(proxy.tunnels).toEqual(['ssm.us-east-1.amazonaws.com:443'])
})

it.each(['127.0.0.1', '[::1]', '169.254.169.254', '0x7f.1', 'localhost', 'localhost.', 'api.localhost'])(
  'S01: %s is not asked of the proxy either',
  async (host) => {
    const before = proxy.tunnels.length
    await expect(get(`https://${host}/`)).rejects.toMatchObject({ code: 'refused_address' })
    expect(proxy.tunnels.length).toBe(before)
  },
)
