import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startAdapter } from '../../../tests/peers/adapter'
import { bearerOf, type Double, type DoubleAnswer } from '../../../tests/peers/double'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

const url = 'https://adapter.example.com/fetch?x=1'
let bench: ProviderBench
let adapter: Double
let answers: DoubleAnswer[] = []

beforeAll(async () => {
  bench = await startProviderBench()
  const answer = (body: unknown) => answers.shift() ?? { status: 200, body: { echo: body } }
  adapter = await startAdapter({ issuer: bench.issuer, url, organization: 'acme', answer })
  bench.redirect({ 'https://adapter.example.com': adapter.url })
})

beforeEach(() => {
  answers = []
  adapter.requests.length = 0
})

afterAll(async () => {
  await adapter.stop()
  await bench.close()
})

const definition = (inputs: string) =>
  `values:\n  x:\n    fn::open::external:\n      url: ${url}\n      ${inputs}\n`

test('the body is the request itself, bound to the token and the address', async () => {
  const opened = await bench.open(definition('request: { name: db, list: [1, null, "ä"] }'))
  expect(opened.errors).toEqual([])
  expect(opened.values).toEqual({ x: { response: { echo: { name: 'db', list: [1, null, 'ä'] } } } })
  expect(opened.secrets).toContain('x.response.echo.name')
  const [request] = adapter.requests
  expect(request?.method).toBe('POST')
  expect(request?.body).toBe('{"list":[1,null,"ä"],"name":"db"}')
  const claims = decodeJwt(bearerOf(request ?? adapter.requests[0] ?? Object.create(null)) ?? '')
  expect(claims).toMatchObject({
    aud: url,
    sub: bench.subject,
    current_env: 'shop/dev',
    root_env: 'shop/dev',
  })
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300)
})

test('without a request the body is an empty object, and the response may be declared plain', async () => {
  const opened = await bench.open(definition('secret: false'))
  expect(adapter.requests[0]?.body).toBe('{}')
  expect(opened.secrets).toEqual([])
})

test.each([
  [201, {}],
  [204, undefined],
  [302, {}],
  [500, {}],
])('status %i is no success and no second call', async (status, body) => {
  answers = [{ status, body, headers: { location: 'http://169.254.169.254/' } }]
  const { errors } = await bench.open(definition('request: {}'))
  expect(errors[0]).toContain(`status ${status}`)
  expect(adapter.requests).toHaveLength(1)
})

test.each(['[1]', '"text"', 'no json'])('%s is not an object', async (body) => {
  answers = [{ status: 200, body }]
  expect((await bench.open(definition('request: {}'))).errors[0]).toContain('InvalidAnswer')
})

test('an adapter that is not ready is asked once more', async () => {
  answers = [{ status: 503 }]
  expect((await bench.open(definition('request: {}'))).errors).toEqual([])
  answers = [{ status: 502 }, { status: 504 }, { status: 200, body: {} }]
  expect((await bench.open(definition('request: {}'))).errors[0]).toContain('status 504')
})

test('what the adapter says is quoted, unless the request held a secret', async () => {
  answers = [{ status: 400, body: 'no such name' }]
  expect((await bench.open(definition('request: { name: db }'))).errors[0]).toContain('no such name')
  answers = [{ status: 400, body: 'no such name hunter2' }]
  const held = await bench.open(definition('request: { name: { fn::secret: hunter2 } }'))
  expect(held.errors[0]).not.toContain('no such name')
})

test('S01 a private address and plain http are refused', async () => {
  const { errors } = await bench.open('values: { x: { fn::open::external: { url: https://10.0.0.1/ } } }')
  expect(errors[0]).toContain('RefusedAddress')
  const plain = await bench.open(
    'values: { x: { fn::open::external: { url: http://adapter.example.com/ } } }',
  )
  expect(plain.errors).toHaveLength(1)
})
