/** What cannot be accepted is refused with a reason, nothing is lost, and the server stays up. */
import { expect, it } from 'vitest'
import { createAccessToken } from '@/lib/access/tokens'
import { DEFAULT_LIMITS } from '@/lib/language'
import { describeOnEachDatabase } from '../support/each-database'
import { environments, listeningApi, makeEnvironment, type TestApi } from './server'

describeOnEachDatabase('bad input', () => {
  const api = listeningApi()
  const one = `${environments}/acme/web/good`
  const definition = 'values:\n  kept: yes\n'

  it('sets the scene', () => makeEnvironment(api.call, 'web/good', definition))

  it.each([
    ['an unknown provider', 'values:\n  x:\n    fn::open::no-such: {}\n', /unknown provider "no-such"/],
    ['a cyclic reference', `values:\n  a: \${b}\n  b: \${a}\n`, /cyclic reference/],
    ['an import of itself', 'imports: [web/good]\n', /cyclic import/],
    ['an import of nothing', 'imports: [web/absent]\n', /"web\/absent" was not found/],
    ['a version that is not there', 'imports: [web/good@77]\n', /no such revision/],
    ['a secret that is no text', 'values:\n  x:\n    fn::secret: 5\n', /secret/],
    ['a ciphertext that is none', 'values:\n  x:\n    fn::secret: {ciphertext: bm9uZQ==}\n', /ciphertext/],
  ])('%s is a diagnostic at its place', async (_what, body, summary) => {
    const { status, json } = await api.call('PATCH', one, { body })
    expect(status).toBe(400)
    expect(json).toMatchObject({ code: 400 })
    const { diagnostics } = json as { diagnostics: { summary: string; range?: object }[] }
    expect(diagnostics.map((diagnostic) => diagnostic.summary).join('\n')).toMatch(summary)
    expect(diagnostics[0]?.range).toMatchObject({
      environment: 'web/good',
      begin: { line: expect.any(Number) },
    })
    expect((await api.call('GET', one)).text).toBe(definition)
  })

  it('invalid YAML is a diagnostic that names the line', async () => {
    const { status, json } = await api.call('PATCH', one, { body: 'values: [a, b\n' })
    expect(status).toBe(400)
    expect(json).toMatchObject({
      code: 400,
      diagnostics: [{ severity: 'error', summary: "yaml: line 1: did not find expected ',' or ']'" }],
    })
    expect((await api.call('GET', one)).text).toBe(definition)
  })

  it('a definition over the limit is too large, and one at the limit is not', async () => {
    const limit = DEFAULT_LIMITS.definitionBytes
    const fill = (bytes: number) => `values: {} # ${'x'.repeat(bytes - 14)}\n`
    expect((await api.call('PATCH', one, { body: fill(limit) })).status).toBe(200)
    for (const bytes of [limit + 1, 2 * limit + 1]) {
      const refused = await api.call('PATCH', one, { body: fill(bytes) })
      expect(refused).toMatchObject({ status: 413, json: { code: 413, message: expect.any(String) } })
    }
    expect((await api.call('GET', one)).text).toHaveLength(limit)
    expect((await api.call('PATCH', one, { body: definition })).status).toBe(200)
  })

  it('bytes that are not UTF-8 are refused', async () => {
    const { authorization } = await authorizationOf(api)
    const body = new Uint8Array([0x76, 0x3a, 0x20, 0xff, 0xfe])
    const response = await fetch(`${api.url}${one}`, { method: 'PATCH', body, headers: { authorization } })
    expect(response.status).toBe(400)
  })

  it.each([
    ['', 'name'],
    ['..', 'name'],
    ['open', 'name'],
    ['a b', 'name'],
    ['a/b', 'name'],
    ['prod\u0000', 'name'],
    ['pröd', 'name'],
    ['x'.repeat(101), 'name'],
  ])('the name %j is refused', async (name) => {
    const { status, json } = await api.call('POST', `${environments}/acme`, {
      body: { project: 'web', name },
    })
    expect(status).toBe(400)
    expect(json).toMatchObject({ code: 400, message: expect.stringContaining('name') })
  })

  it.each(['', '.', 'tags', 'restore', 'yaml', 'a b'])('the project %j is refused', async (project) => {
    const { status } = await api.call('POST', `${environments}/acme`, { body: { project, name: 'x' } })
    expect(status).toBe(400)
  })

  it('a name is taken whatever its case, and found in any', async () => {
    const taken = await api.call('POST', `${environments}/acme`, { body: { project: 'WEB', name: 'Good' } })
    expect(taken.status).toBe(409)
    expect((await api.call('GET', `${environments}/ACME/Web/GOOD`)).text).toBe(definition)
  })

  it.each([
    'not json',
    '[]',
    '{"project": "web"}',
    '{"project": "web", "name": 5}',
    '{"project": "web", "name": {"toString": 1}}',
    'null',
    '',
  ])('the body %s is a 400', async (body) => {
    const { status, json } = await api.call('POST', `${environments}/acme`, { body })
    expect({ status, json }).toMatchObject({ status: 400, json: { code: 400, message: expect.any(String) } })
  })

  it.each(['\u0000', 'a\u0000b'])(
    'the tag value %j, which no database text can hold, is a 400',
    async (value) => {
      expect((await api.call('POST', `${one}/tags`, { body: { name: 'team', value } })).status).toBe(400)
    },
  )

  it.each(['?duration=soon', '?duration=-1h', '?duration=0s', '?duration=1'])(
    'opening %s is a 400',
    async (query) => {
      expect((await api.call('POST', `${one}/open${query}`)).status).toBe(400)
    },
  )

  it.each(['%zz', '%c3%28', '%00', '..%2f..'])('the path segment %s is refused', async (segment) => {
    const { status, json } = await api.call('GET', `${environments}/acme/web/${segment}`)
    expect([400, 404]).toContain(status)
    expect(json).toMatchObject({ code: status })
  })

  it('a stale etag is a conflict, and the current one is not', async () => {
    const { headers } = await api.call('GET', one)
    const etag = headers.get('etag') ?? ''
    expect((await api.call('PATCH', one, { body: 'values: {a: 1}\n', headers: { etag } })).status).toBe(200)
    for (const header of ['etag', 'if-match']) {
      const stale = await api.call('PATCH', one, { body: 'values: {b: 1}\n', headers: { [header]: etag } })
      expect(stale).toMatchObject({
        status: 409,
        json: { code: 409, message: 'Conflict: the environment has changed since it was read' },
      })
      const late = await api.call('PATCH', one, { body: 'values: [\n', headers: { [header]: etag } })
      expect(late.status).toBe(409)
    }
    const last = await api.call('PATCH', one, { body: definition, headers: { etag: '' } })
    expect(last.status).toBe(200)
  })

  it('leaves the server up', async () => {
    expect((await api.call('GET', '/api/user')).status).toBe(200)
  })
})

async function authorizationOf(api: TestApi) {
  const { tokenValue } = await createAccessToken(api.admin.actor, { description: 'bytes' })
  return { authorization: `token ${tokenValue}` }
}
