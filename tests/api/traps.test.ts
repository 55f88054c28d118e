/** The traps of the wire format by number (http-api.md §1.5): what makes an official client fail. */
import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/each-database'
import { environments, listeningApi, makeEnvironment } from './server'

describeOnEachDatabase('the traps of the wire format', () => {
  const api = listeningApi()
  const one = `${environments}/acme/web/traps`

  it('sets the scene', async () => {
    await makeEnvironment(api.call, 'web/traps', 'values:\n  plain: one\n  list: [a, b]\n  nothing: null\n')
  })

  it('1 and 9: an error is exactly a numeric code and a message', async () => {
    const refused = [
      await api.call('GET', `${environments}/acme/web/absent`),
      await api.call('GET', `${one}/tags/absent`),
      await api.call('GET', `${one}/versions/tags/absent`),
      await api.call('GET', `${environments}/nowhere`),
      await api.call('GET', '/api/no/such/route'),
      await api.call('GET', '/api/agents/signup'),
    ]
    for (const { status, json } of refused) {
      expect(status).toBe(404)
      expect(json).toEqual({ code: 404, message: expect.any(String) })
    }
    expect((await api.anonymous('GET', one)).json).toEqual({ code: 401, message: expect.any(String) })
    const again = await api.call('POST', `${environments}/acme`, { body: { project: 'web', name: 'traps' } })
    expect(again.json).toEqual({ code: 409, message: expect.any(String) })
  })

  it('3: the doubled slash is a path of its own', async () => {
    const { json } = await api.call('POST', `${one}/open`)
    const { id } = json as { id: string }
    const property = await fetch(`${api.url}${one}/open//${id}?property=plain`, { redirect: 'manual' })
    expect(property.status).toBe(401)
    expect(await api.call('GET', `${one}/open//${id}?property=list[1]`)).toMatchObject({
      status: 200,
      json: { value: 'b' },
    })
  })

  it.each(['application/json', 'application/x-yaml', 'text/plain', 'not a type', ''])(
    '4: YAML comes with any content type (%s), and JSON types come with nothing',
    async (type) => {
      const headers = { 'content-type': type }
      const body = `values:\n  plain: one\n  list: [a, b]\n  nothing: null\n  type: "${type}"\n`
      expect(await api.call('PATCH', one, { body, headers })).toMatchObject({ status: 200, text: '{}\n' })
      expect((await api.call('GET', one, { headers })).text).toBe(body)
      expect((await api.call('POST', `${one}/open`, { headers })).status).toBe(200)
    },
  )

  it('5: never negotiates the content', async () => {
    const accept = { accept: 'application/json' }
    expect((await api.call('GET', one, { headers: accept })).headers.get('content-type')).toContain(
      'application/x-yaml',
    )
    for (const accept of [
      'application/vnd.pulumi+8',
      'application/vnd.pulumi+9',
      'application/x-yaml',
      '*/*',
    ]) {
      const answer = await api.call('GET', environments, { headers: { accept } })
      expect(answer.headers.get('content-type')).toContain('application/json')
    }
  })

  it('6: creates and deletes with 204, and with 200 for the TypeScript SDK before 0.13', async () => {
    for (const [agent, status] of [
      ['esc-sdk/ts/v0.12.4', 200],
      ['esc-sdk/ts/0.9.1', 200],
      ['esc-sdk/ts/0.13.0', 204],
      ['esc-sdk/ts/1.2.0', 204],
      ['esc-sdk/python/0.12.0', 204],
    ] as const) {
      const headers = { 'user-agent': agent }
      const body = { project: 'web', name: 'short-lived' }
      expect((await api.call('POST', `${environments}/acme`, { body, headers })).status).toBe(status)
      expect((await api.call('DELETE', `${environments}/acme/web/short-lived`, { headers })).status).toBe(
        status,
      )
    }
  })

  it('7: says nothing where there is nothing to diagnose', async () => {
    expect((await api.call('PATCH', one, { body: 'values: {a: 1}\n' })).text).toBe('{}\n')
    const checked = await api.call('POST', `${environments}/acme/yaml/check`, { body: 'values: {a: 1}\n' })
    expect(checked.status).toBe(200)
    expect(checked.json).not.toHaveProperty('diagnostics')
  })

  it('8 and 20: a definition with errors is a 400 with its code and its diagnostics', async () => {
    const body = `values:\n  bad: \${absent}\n`
    for (const [method, path] of [
      ['POST', `${environments}/acme/yaml/check`],
      ['POST', `${environments}/acme/yaml/open`],
      ['PATCH', one],
    ] as const) {
      const { status, json } = await api.call(method, path, { body })
      expect(status).toBe(400)
      expect(json).toMatchObject({
        code: 400,
        message: expect.any(String),
        diagnostics: [{ severity: 'error', summary: 'unknown property "absent"' }],
      })
    }
  })

  it('10 and 11: every value has a value and says where it is defined', async () => {
    await api.call('PATCH', one, { body: 'values:\n  nothing: null\n  deep: {list: [1, {x: true}]}\n' })
    const { json } = await api.call('POST', `${one}/open`)
    const session = await api.call('GET', `${one}/open/${(json as { id: string }).id}`)
    const seen: string[] = []
    visitValues((session.json as { properties: object }).properties, (value, name) => {
      seen.push(name)
      expect(value).toHaveProperty('value')
      expect(value).toHaveProperty('trace.def.environment', 'traps')
      expect(value).toHaveProperty('trace.def.begin.line', expect.any(Number))
    })
    expect(seen.sort()).toEqual(['0', '1', 'deep', 'list', 'nothing', 'x'])
  })

  it('12: opening without findings answers with the id alone', async () => {
    const { json } = await api.call('POST', `${one}/open`)
    expect(json).toEqual({ id: expect.any(String) })
  })

  it('13: an empty environment opens as {} and a newline, and every JSON body ends in one', async () => {
    await makeEnvironment(api.call, 'web/empty')
    const { json } = await api.call('POST', `${environments}/acme/web/empty/open`)
    const session = await api.call(
      'GET',
      `${environments}/acme/web/empty/open/${(json as { id: string }).id}`,
    )
    expect(session.text).toBe('{}\n')
    for (const path of [
      '/api/user',
      environments,
      `${one}/absent/route`,
      `${one}/versions`,
      `${one}/settings`,
    ]) {
      expect((await api.call('GET', path)).text).toMatch(/[}\]]\n$/)
    }
  })

  it('14: tag lists end as each client expects', async () => {
    expect((await api.call('GET', `${one}/tags?after=&count=500`)).json).toEqual({ tags: {}, nextToken: '0' })
    const first = await api.call('GET', `${one}/versions/tags?after=&count=500`)
    expect(first.json).toMatchObject({ tags: [{ name: 'latest' }], nextToken: '' })
    expect((await api.call('GET', `${one}/versions/tags?after=latest&count=500`)).json).toMatchObject({
      tags: [],
    })
  })

  it('15: empty and zero query values count as absent', async () => {
    const all = await api.call('GET', `${one}/versions`)
    for (const query of ['before=&count=', 'before=0&count=500', 'before=&count=500']) {
      expect((await api.call('GET', `${one}/versions?${query}`)).json).toEqual(all.json)
    }
    expect((await api.call('GET', `${one}/versions?count=0`)).status).toBe(400)
    expect((await api.call('GET', `${one}/versions?before=2&count=1`)).json).toMatchObject([{ number: 1 }])
  })

  it('17: the default organization is called gitHubLogin', async () => {
    const { status, json } = await api.call('GET', '/api/user/organizations/default')
    expect({ status, json }).toEqual({ status: 200, json: { gitHubLogin: 'alice', Messages: [] } })
    expect((await api.call('POST', '/api/user/organizations/acme/default')).status).toBe(204)
    const chosen = await api.call('GET', '/api/user/organizations/default')
    expect(chosen.json).toMatchObject({ gitHubLogin: 'acme' })
  })

  it('18: ranges name the environment as each client expects', async () => {
    const body = `values:\n  bad: \${absent}\n`
    const range = (name: string) => ({ diagnostics: [{ range: { environment: name, begin: { line: 2 } } }] })
    expect((await api.call('PATCH', one, { body })).json).toMatchObject(range('web/traps'))
    expect((await api.call('POST', `${environments}/acme/yaml/check`, { body })).json).toMatchObject(
      range('<yaml>'),
    )
  })

  it('19: checking gives the expressions', async () => {
    const { json } = await api.call('POST', `${environments}/acme/yaml/check?showSecrets=false`, {
      body: 'values: {a: 1}\n',
    })
    expect(json).toMatchObject({
      exprs: { a: { range: { environment: '<yaml>' } } },
      properties: { a: { value: 1 } },
    })
    expect(json).not.toHaveProperty('executionContext')
  })

  it('checking counts the functions, and tells what rotates', async () => {
    const body = `values:
  a: {"fn::secret": x}
  b: {"fn::toString": {"fn::secret": y}}
  c: {"fn::rotate::password": {inputs: {}}}
`
    const { json } = await api.call('POST', `${environments}/acme/yaml/check`, { body })
    expect(json).toMatchObject({
      environmentFunctionSummary: {
        funcCounts: { 'fn::secret': 2, 'fn::toString': 1, 'fn::rotate::password': 1 },
        rotationPaths: ['c'],
      },
    })
    const empty = await api.call('POST', `${environments}/acme/yaml/check`, { body: '' })
    expect(empty.text).toBe('{}\n')
  })

  it('21: an accessor by index has a key too', async () => {
    const body = `values:\n  list: [a]\n  first: \${list[0]}\n`
    const { json } = await api.call('POST', `${environments}/acme/yaml/check`, { body })
    expect(json).toMatchObject({ exprs: { first: { symbol: [{ key: 'list' }, { key: '', index: 0 }] } } })
  })

  it('22: a protected environment is not deleted', async () => {
    expect((await api.call('PATCH', `${one}/settings`, { body: { deletionProtected: true } })).status).toBe(
      200,
    )
    expect(await api.call('DELETE', one)).toMatchObject({
      status: 409,
      json: { message: expect.stringContaining('protect') },
    })
    expect((await api.call('PATCH', `${one}/settings`, { body: { deletionProtected: false } })).json).toEqual(
      {
        deletionProtected: false,
      },
    )
    expect((await api.call('DELETE', one)).status).toBe(204)
  })
})

interface WireValue {
  value: unknown
}

function visitValues(members: object, visit: (value: WireValue, name: string) => void): void {
  for (const [name, value] of Object.entries(members) as [string, WireValue][]) {
    visit(value, name)
    if (typeof value.value === 'object' && value.value !== null) visitValues(value.value, visit)
  }
}
