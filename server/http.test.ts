import { once } from 'node:events'
import { request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '@/tests/peers/free-port'
import { closeHttpServer, createHttpServer, type Door, listen, requireFreePort } from './http'

const host = '127.0.0.1'
const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await closeHttpServer(server, 0)
})

/** A server whose door answers the headers that it was given. */
async function serve(trustedProxies: string[], door: Door = echo): Promise<number> {
  const port = await freePort()
  const server = createHttpServer({ trustedProxies, doorFor: () => door })
  await listen(server, { host, port })
  servers.push(server)
  return port
}

const echo: Door = (request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ headers: request.headers, raw: request.rawHeaders }))
}

interface Echo {
  headers: IncomingHttpHeaders
  raw: string[]
  id: string | null
}

async function send(port: number, headers: Record<string, string> = {}): Promise<Echo> {
  const request = httpRequest({ host, port, headers }).end()
  const [response] = await once(request, 'response')
  const parts: Buffer[] = []
  for await (const part of response) parts.push(part)
  return { ...JSON.parse(Buffer.concat(parts).toString()), id: response.headers['x-request-id'] }
}

const address = 'x-openesc-address'
const id = 'x-openesc-request-id'

describe('what a door is told', () => {
  it('W01: nothing that only we or Next may say', async () => {
    const port = await serve([])
    const { headers, raw } = await send(port, {
      'X-OpenESC-Address': '10.9.9.9',
      'X-OpenESC-Path': '/x',
      'X-Nonce': 'x',
      'X-Middleware-Subrequest': 'proxy:proxy:proxy',
      'x-middleware-rewrite': '/x',
      'X-Forwarded-For': '10.9.9.9',
      'X-Forwarded-Host': 'evil.example',
      Forwarded: 'for=10.9.9.9',
      'X-Other': 'kept',
    })
    expect(headers).toMatchObject({ [address]: host, 'x-other': 'kept' })
    expect(Object.keys(headers).filter((name) => /middleware|forwarded|nonce|path/.test(name))).toEqual([])
    expect(raw.join()).not.toMatch(/10\.9\.9\.9|evil|middleware/i)
    expect(raw).toContain('X-Other')
  })

  it('a request id, which the answer carries too', async () => {
    const port = await serve([])
    const one = await send(port, { 'x-request-id': 'chosen-by-client' })
    expect(one.headers[id]).toMatch(/^[0-9a-f-]{36}$/)
    expect(one.id).toBe(one.headers[id])
  })

  it('what a trusted proxy says', async () => {
    const port = await serve(['127.0.0.0/8', '10.0.0.0/8'])
    const { headers } = await send(port, {
      'x-forwarded-for': '198.51.100.7, 203.0.113.5, 10.1.2.3',
      'x-forwarded-host': 'esc.example.com',
      'x-request-id': 'edge-12345678',
    })
    expect(headers).toMatchObject({
      [address]: '203.0.113.5',
      'x-forwarded-host': 'esc.example.com',
      [id]: 'edge-12345678',
    })
  })

  it.each([
    ['', '127.0.0.1'],
    ['nonsense', '127.0.0.1'],
    ['203.0.113.5, nonsense', '127.0.0.1'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    ['2001:db8::1', '2001:db8::1'],
  ])('an address, for X-Forwarded-For: %j', async (forwarded, expected) => {
    const port = await serve(['127.0.0.1/32'])
    const { headers } = await send(port, { 'x-forwarded-for': forwarded })
    expect(headers[address]).toBe(expected)
  })
})

describe('D01: limits', () => {
  it('refuses headers that are too long', async () => {
    const port = await serve([])
    const request = httpRequest({ host, port, headers: { 'x-long': 'x'.repeat(40_000) } }).end()
    const [response] = await once(request, 'response')
    expect(response.statusCode).toBe(431)
  })

  it('survives what is not HTTP', async () => {
    const port = await serve([])
    const socket = connect(port, host)
    socket.resume().end('\u0000\u0001 nonsense\r\n\r\n')
    await once(socket, 'close')
    expect((await send(port)).headers[address]).toBe(host)
  })
})

describe('a port', () => {
  it('that is in use is named', async () => {
    const port = await serve([])
    await expect(requireFreePort({ host, port })).rejects.toMatchObject({ code: 'port_in_use' })
    await expect(requireFreePort({ host, port })).rejects.toThrow(String(port))
  })

  it('that is free stays free', async () => {
    const port = await freePort()
    await requireFreePort({ host, port })
    await requireFreePort({ host, port })
  })
})

describe('stopping', () => {
  it('lets a request finish that has begun', async () => {
    const port = await serve([], (_request, response) => setTimeout(() => response.end('"late"'), 200))
    const answer = fetch(`http://${host}:${port}`).then((response) => response.text())
    await new Promise((done) => setTimeout(done, 50))
    for (const server of servers.splice(0)) await closeHttpServer(server, 5_000)
    expect(await answer).toBe('"late"')
    await expect(fetch(`http://${host}:${port}`)).rejects.toThrow()
  })

  it('cuts off what takes longer than the grace', async () => {
    const port = await serve([], () => {})
    const answer = fetch(`http://${host}:${port}`)
    answer.catch(() => {})
    await new Promise((done) => setTimeout(done, 50))
    for (const server of servers.splice(0)) await closeHttpServer(server, 100)
    await expect(answer).rejects.toThrow()
  })
})
