import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sendRequest } from '@/lib/outgoing'
import { withBackoff } from './backoff'

process.env.OPENESC_ALLOW_PRIVATE_TARGETS = '127.0.0.1/32'

interface Planned {
  status: number
  retryAfter?: string
}

let server: Server
let url: URL
let plan: Planned[] = []
let times: number[] = []

beforeAll(async () => {
  server = createServer((_, response) => {
    times.push(Date.now())
    const { status, retryAfter } = plan.shift() ?? { status: 200 }
    response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

beforeEach(() => {
  times = []
})

const { signal } = new AbortController()
const send = () => sendRequest({ url, maxBytes: 1000, timeoutMs: 1000, plainHttp: 'allowed' })

describe('a server that is busy', () => {
  it('is asked again after the time that it names', async () => {
    plan = [{ status: 429, retryAfter: '1' }]
    expect(await withBackoff(send, { signal })).toMatchObject({ status: 200 })
    expect(times).toHaveLength(2)
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990)
  })

  it('is asked again after a short time when it names none', async () => {
    plan = [{ status: 503 }, { status: 429 }]
    expect(await withBackoff(send, { signal })).toMatchObject({ status: 200 })
    expect(times).toHaveLength(3)
  })

  it('names a date in the past: now', async () => {
    plan = [{ status: 503, retryAfter: 'Wed, 21 Oct 2015 07:28:00 GMT' }]
    expect(await withBackoff(send, { signal })).toMatchObject({ status: 200 })
  })

  it('is not waited for longer than there is time', async () => {
    plan = [{ status: 429, retryAfter: '3600' }]
    expect(await withBackoff(send, { signal })).toMatchObject({ status: 429 })
    expect(times).toHaveLength(1)
    plan = [{ status: 429, retryAfter: '10' }]
    const cancelled = AbortSignal.timeout(50)
    expect(await withBackoff(send, { signal: cancelled })).toMatchObject({ status: 429 })
    expect(times).toHaveLength(2)
  })

  it('is given up in the end', async () => {
    plan = Array.from({ length: 20 }, () => ({ status: 503, retryAfter: '0' }))
    expect(await withBackoff(send, { signal })).toMatchObject({ status: 503 })
    expect(times).toHaveLength(7)
  })

  it.each([200, 400, 401, 404, 500])('is not one that answers %s', async (status) => {
    plan = [{ status }]
    expect(await withBackoff(send, { signal })).toMatchObject({ status })
    expect(times).toHaveLength(1)
  })
})
