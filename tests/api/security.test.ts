/** Security cases of the HTTP API by id (security-cases.md §3), each with the twin that shows the legitimate way works. */
import { beforeAll, expect, it } from 'vitest'
import { database } from '@/lib/db'
import { describeOnEachDatabase } from '../support/each-database'
import { addGrant, addMember, addOrganization, addPerson, type TestPerson } from '../support/installation'
import { type Call, type Client, environments, listeningApi, makeEnvironment } from './server'

const secret = 'canary-3f9c2b71'

describeOnEachDatabase('security cases over HTTP', () => {
  const api = listeningApi()
  const one = `${environments}/acme/web/vault`
  let reader: { person: TestPerson; call: Client }
  let opener: { person: TestPerson; call: Client }
  let editor: { person: TestPerson; call: Client }
  let stranger: { person: TestPerson; call: Client }

  beforeAll(async () => {
    const join = async (login: string) => {
      const person = await addPerson(login)
      await addMember(api.organization, person, 'member')
      return { person, call: await api.as(person) }
    }
    ;[reader, opener, editor] = [await join('reader'), await join('opener'), await join('editor')]
    await database().organization.update({
      where: { id: api.organization.id },
      data: { defaultPermission: 'none' },
    })
    await makeEnvironment(
      api.call,
      'web/vault',
      `values:\n  plain: seen\n  token:\n    fn::secret: ${secret}\n`,
    )
    await addGrant(await environmentRow('vault'), reader.person, 'read')
    await addGrant(await environmentRow('vault'), opener.person, 'open')
    await addGrant(await environmentRow('vault'), editor.person, 'write')
    const admin = await addPerson('mallory')
    await addOrganization('evil', { admin })
    stranger = { person: admin, call: await api.as(admin) }
  })

  const environmentRow = (name: string) =>
    database().environment.findFirstOrThrow({
      where: { nameKey: name, organizationId: api.organization.id, deletedAt: null },
    })

  const openSession = async (call: Client, path = one) => {
    const { status, json } = await call('POST', `${path}/open`)
    expect(status).toBe(200)
    return (json as { id: string }).id
  }

  it('A01: another organization answers as one that does not exist, on every route', {
    timeout: 120_000,
  }, async () => {
    for (const { method, path } of await routes(api.call)) {
      if (!path.includes('{organization}')) continue
      const [own, absent] = await Promise.all([
        stranger.call(method, fill(path, 'acme'), callFor({ method, path })),
        stranger.call(method, fill(path, 'no-such-organization'), callFor({ method, path })),
      ])
      expect({ method, path, status: own.status, json: own.json }).toEqual({
        method,
        path,
        status: absent.status,
        json: absent.json,
      })
      expect([400, 404, 501]).toContain(own.status)
    }
    expect((await api.call('GET', one)).status).toBe(200)
  })

  it('A01: nothing without a token, on every route', { timeout: 120_000 }, async () => {
    const open = ['/api/cli-login/token', '/api/oauth/token', '/api/capabilities', '/api/cli/version']
    for (const { method, path } of await routes(api.call)) {
      if (open.includes(path)) continue
      const { status, json } = await api.anonymous(method, fill(path, 'acme'), callFor({ method, path }))
      const body = method === 'HEAD' ? undefined : { code: 401, message: expect.any(String) }
      expect({ method, path, status, json }).toEqual({ method, path, status: 401, json: body })
    }
  })

  it('A02: a name has one meaning, whatever its shape', async () => {
    for (const shape of ['VAULT', 'Vault']) {
      expect((await reader.call('GET', `${environments}/acme/web/${shape}`)).status).toBe(200)
      expect((await reader.call('DELETE', `${environments}/acme/web/${shape}`)).status).toBe(403)
    }
    for (const shape of ['vault%20', 'vault%00', 'vault%2f', 'va%E2%80%8Bult', '%EF%BD%96ault', 'vault.']) {
      const { status } = await reader.call('GET', `${environments}/acme/web/${shape}`)
      expect([400, 404]).toContain(status)
    }
  })

  it('A03: a reader reads, and neither opens nor decrypts by any way', async () => {
    expect((await reader.call('GET', one)).text).toContain('plain: seen')
    expect((await reader.call('GET', `${one}/versions/2`)).status).toBe(200)
    const checked = await reader.call('POST', `${one}/check`)
    expect(checked.json).toMatchObject({
      properties: { plain: { value: 'seen' }, token: { value: null, secret: true } },
    })
    const text = (await reader.call('GET', one)).text
    const answers = [
      await reader.call('POST', `${one}/open`),
      await reader.call('POST', `${one}/versions/2/open`),
      await reader.call('GET', `${one}/decrypt`),
      await reader.call('GET', `${one}/versions/2/decrypt`),
      await reader.call('POST', `${one}/check?showSecrets=true`),
      await reader.call('POST', `${one}/clone`, { body: { name: 'copy' } }),
      await reader.call('POST', `${one}/decrypt-secrets`, { body: { ciphertexts: [ciphertextIn(text)] } }),
      await reader.call('POST', `${environments}/acme/yaml/check?showSecrets=true`, { body: text }),
      await reader.call('POST', `${environments}/acme/yaml/open`, { body: text }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403, 403, 400, 400])
    for (const { text: answer } of answers) expect(answer).not.toContain(secret)
    expect((await opener.call('GET', `${one}/decrypt`)).text).toContain(secret)
  })

  it('A04: importing does not lend the right to open', async () => {
    await makeEnvironment(editor.call, 'web/borrower')
    const borrower = `${environments}/acme/web/borrower`
    await makeEnvironment(api.call, 'web/hidden', `values:\n  token:\n    fn::secret: ${secret}\n`)
    const hidden = await editor.call('PATCH', borrower, { body: 'imports: [web/hidden]\n' })
    expect(hidden).toMatchObject({ status: 400, json: { diagnostics: [{ severity: 'error' }] } })
    await addGrant(await environmentRow('hidden'), editor.person, 'read')
    expect((await editor.call('PATCH', borrower, { body: 'imports: [web/hidden]\n' })).status).toBe(200)
    const opened = await editor.call('POST', `${borrower}/open`)
    expect(opened.status).toBe(400)
    expect(opened.text).not.toContain(secret)
    await addGrant(await environmentRow('borrower'), opener.person, 'open')
    expect((await opener.call('POST', `${borrower}/open`)).status).toBe(400)
    const id = await openSession(api.call, borrower)
    expect((await api.call('GET', `${borrower}/open/${id}`)).text).toContain(secret)
  })

  it('A06: a reference inside a value is checked as an import is', async () => {
    const borrower = `${environments}/acme/web/borrower`
    const body = `values:\n  lent: \${environments.web.hidden.token}\n`
    expect((await editor.call('PATCH', borrower, { body })).status).toBe(200)
    const opened = await editor.call('POST', `${borrower}/open`)
    expect(opened.status).toBe(400)
    expect(opened.text).not.toContain(secret)
    const id = await openSession(api.call, borrower)
    expect((await api.call('GET', `${borrower}/open/${id}?property=lent`)).json).toMatchObject({
      value: secret,
    })
  })

  it('A08: a copy needs the right to open, and seals its secrets anew', async () => {
    expect((await reader.call('POST', `${one}/clone`, { body: { name: 'copy' } })).status).toBe(403)
    expect((await opener.call('POST', `${one}/clone`, { body: { name: 'copy' } })).status).toBe(204)
    const copy = await opener.call('GET', `${environments}/acme/web/copy`)
    expect(ciphertextIn(copy.text)).not.toBe(ciphertextIn((await opener.call('GET', one)).text))
    expect((await opener.call('GET', `${environments}/acme/web/copy/decrypt`)).text).toContain(secret)
  })

  it('A09: what belonged to a deleted environment does not apply to its namesake', async () => {
    await makeEnvironment(api.call, 'web/phoenix', 'values: {a: 1}\n')
    const path = `${environments}/acme/web/phoenix`
    await addGrant(await environmentRow('phoenix'), reader.person, 'read')
    await api.call('POST', `${path}/tags`, { body: { name: 'team', value: 'x' } })
    await api.call('POST', `${path}/versions/tags`, { body: { name: 'stable' } })
    const session = await openSession(api.call, path)
    expect((await reader.call('GET', path)).status).toBe(200)
    expect((await api.call('DELETE', path)).status).toBe(204)
    await makeEnvironment(api.call, 'web/phoenix')
    expect((await reader.call('GET', path)).status).toBe(404)
    expect((await api.call('GET', `${path}/tags`)).json).toMatchObject({ tags: {} })
    expect((await api.call('GET', `${path}/versions/tags/stable`)).status).toBe(404)
    expect((await api.call('GET', `${path}/open/${session}`)).status).toBe(404)
  })

  it('A12: an empty list is nothing, never everything', async () => {
    const sealed = await api.call('POST', `${one}/encrypt-secrets`, { body: { plaintexts: [] } })
    expect(sealed.json).toEqual({ ciphertexts: [] })
    expect((await api.call('POST', `${one}/decrypt-secrets`, { body: { ciphertexts: [] } })).json).toEqual({
      plaintexts: [],
    })
    const many = Array.from({ length: 10_000 }, () => 'x')
    expect((await api.call('POST', `${one}/encrypt-secrets`, { body: { plaintexts: many } })).status).toBe(
      413,
    )
  })

  it('A17: names that the caller may not see are nowhere', async () => {
    for (const path of [environments, `${environments}/acme`, `${one}/referrers`]) {
      const { status, text } = await reader.call('GET', path)
      expect(status).toBe(200)
      for (const name of ['hidden', 'borrower', 'phoenix']) expect(text).not.toContain(name)
    }
    expect((await api.call('GET', `${environments}/acme`)).text).toContain('hidden')
    const guess = await reader.call('POST', `${environments}/acme/yaml/check`, {
      body: 'imports: [web/hiden]\n',
    })
    expect(guess.text).not.toContain('hidden')
  })

  it('A18: a session is read by who opened it, while they may', async () => {
    const id = await openSession(opener.call)
    expect((await opener.call('GET', `${one}/open/${id}`)).text).toContain(secret)
    expect(id.length).toBeGreaterThanOrEqual(32)
    for (const call of [api.call, editor.call, stranger.call]) {
      expect((await call('GET', `${one}/open/${id}`)).status).toBe(404)
      expect((await call('DELETE', `${one}/open/${id}`)).status).toBe(404)
    }
    const other = `${environments}/acme/web/copy/open/${id}`
    expect((await opener.call('GET', other)).status).toBe(404)
    await database().openSession.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect((await opener.call('GET', `${one}/open/${id}`)).status).toBe(404)
    const second = await openSession(opener.call)
    await database().environmentGrant.deleteMany({ where: { principalId: opener.person.id } })
    expect((await opener.call('GET', `${one}/open/${second}`)).status).toBe(404)
    await addGrant(await environmentRow('vault'), opener.person, 'open')
  })

  it('A20: what the server owns cannot be sent', async () => {
    const body = {
      project: 'web',
      name: 'mine',
      id: 'chosen',
      ownerId: stranger.person.id,
      organizationId: 'x',
      latestRevision: 9,
    }
    const text = `${JSON.stringify(body).slice(0, -1)}, "__proto__": {"polluted": true}, "constructor": {}}`
    expect((await api.call('POST', `${environments}/acme`, { body: text })).status).toBe(204)
    const row = await environmentRow('mine')
    expect(row).toMatchObject({
      ownerId: api.admin.id,
      latestRevision: 1,
      organizationId: api.organization.id,
    })
    expect(row.id).not.toBe('chosen')
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('E10: a ciphertext does not open elsewhere, and nothing tells whether it is valid', async () => {
    const stolen = ciphertextIn((await api.call('GET', one)).text)
    const broken = `${stolen.slice(0, 100)}${stolen[100] === 'A' ? 'B' : 'A'}${stolen.slice(101)}`
    await stranger.call('POST', `${environments}/evil`, { body: { project: 'web', name: 'fence' } })
    const body = (ciphertext: string) => `values:\n  x:\n    fn::secret:\n      ciphertext: ${ciphertext}\n`
    const refused = await stranger.call('PATCH', `${environments}/evil/web/fence`, { body: body(stolen) })
    expect(refused).toMatchObject({
      status: 400,
      json: { diagnostics: [{ path: 'values.x', range: { begin: { line: 4 } } }] },
    })
    expect(refused.text).not.toContain(secret)
    expect(
      (await stranger.call('PATCH', `${environments}/evil/web/fence`, { body: body(broken) })).status,
    ).toBe(400)
    for (const path of ['yaml/check?showSecrets=true', 'yaml/open']) {
      const answer = await stranger.call('POST', `${environments}/evil/${path}`, { body: body(stolen) })
      expect(answer.status).toBe(400)
      expect(answer.text).not.toContain(secret)
    }
    const own = await api.call('PATCH', one, { body: (await api.call('GET', one)).text })
    expect(own.status).toBe(200)
    const other = await api.call('PATCH', `${environments}/acme/web/hidden`, { body: body(stolen) })
    expect(other.json).toMatchObject({
      diagnostics: [{ summary: expect.stringContaining('another environment'), path: 'values.x' }],
    })
  })

  it('L01: refusals name the field and never the value', async () => {
    const bodies: [string, string, unknown][] = [
      ['POST', `${environments}/acme`, { project: { secret }, name: 'x' }],
      ['POST', `${environments}/acme`, { project: 'web', name: `${secret} !` }],
      ['POST', `${environments}/acme`, `{"project": "${secret}`],
      ['POST', `${one}/tags`, { name: 'x', value: [secret] }],
      ['POST', `${one}/tags`, { name: '', value: secret }],
      ['PATCH', `${one}/settings`, { deletionProtected: secret }],
      ['POST', `${one}/clone`, { name: 'x', version: secret }],
      ['POST', `${one}/decrypt-secrets`, { ciphertexts: secret }],
      ['POST', `${one}/decrypt-secrets`, { ciphertexts: [secret] }],
      ['POST', '/api/user/tokens', { description: { secret }, expires: secret }],
      ['POST', '/api/cli-login/token', { code: [secret], codeVerifier: secret }],
      ['PATCH', one, `values:\n  x:\n    fn::secret: {a: ${secret}}\n`],
      ['PATCH', one, `values:\n  x: !!binary ${secret}\n`],
    ]
    for (const [method, path, body] of bodies) {
      const { status, text, json } = await api.call(method, path, { body })
      expect({ path, status }).toEqual({ path, status: 400 })
      expect(json).toMatchObject({ code: 400, message: expect.any(String) })
      expect(text).not.toContain(secret)
    }
    const typed = await api.call('POST', `${one}/tags`, { body: { name: 'x', value: [secret] } })
    expect(typed.json).toMatchObject({ message: expect.stringContaining('value') })
  })

  it('L02: a failing authentication carries no token', async () => {
    const attempts = [
      await api.anonymous('POST', '/api/cli-login/token', { body: { code: 'x', codeVerifier: 'y' } }),
      await api.anonymous('GET', '/api/user', { headers: { authorization: 'token pul-nonsense' } }),
      await api.anonymous('GET', '/api/user', { headers: { authorization: 'Basic YTpi' } }),
      await api.anonymous('GET', '/api/user'),
    ]
    for (const { status, json, headers } of attempts) {
      expect(status).toBe(401)
      expect(json).toEqual({ code: 401, message: expect.any(String) })
      expect(headers.get('set-cookie')).toBeNull()
    }
    expect((await api.call('GET', '/api/user')).status).toBe(200)
  })

  it('W06: no answer may be cached', async () => {
    for (const path of ['/api/user', one, `${one}/absent`, environments]) {
      expect((await api.call('GET', path)).headers.get('cache-control')).toBe('no-store')
    }
  })

  it('U01: what cannot be recorded is not disclosed', async () => {
    const before = await api.call('GET', `${one}/decrypt`)
    expect(before.status).toBe(200)
    await database().$executeRaw`ALTER TABLE "AuditEvent" ADD CONSTRAINT "no_more" CHECK (false) NOT VALID`
    try {
      for (const [method, path] of [
        ['GET', `${one}/decrypt`],
        ['POST', `${one}/open`],
      ] as const) {
        const { status, text } = await api.call(method, path)
        expect(status).toBe(500)
        expect(text).toBe('{"code":500,"message":"Internal Server Error"}\n')
      }
    } finally {
      await database().$executeRaw`ALTER TABLE "AuditEvent" DROP CONSTRAINT "no_more"`
    }
    expect((await api.call('GET', `${one}/decrypt`)).status).toBe(200)
  })
})

function ciphertextIn(text: string): string {
  return /ciphertext: (\S+)/.exec(text)?.[1] ?? ''
}

interface Route {
  method: string
  path: string
}

/** Every route that the API has, from its own description, so that a new one cannot be forgotten. */
async function routes(call: Client): Promise<Route[]> {
  const { json } = await call('GET', '/api/openapi.json')
  const { paths } = json as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  )
}

const values: Record<string, string> = { project: 'web', name: 'vault', version: '2', tag: 'team', id: 'x' }

function fill(path: string, organization: string): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'organization' ? organization : (values[name] ?? 'x'),
  )
}

/** Something that the route's schema accepts, so that permission is what decides. */
function callFor({ method, path }: Route): Call {
  if (method === 'GET' || method === 'HEAD') return {}
  if (path.includes('yaml/')) return { body: 'values: {a: 1}\n' }
  return {
    body: {
      project: 'web',
      name: 'new',
      value: 'x',
      plaintexts: [],
      ciphertexts: [],
      deletionTimestamp: '2026-01-01T00:00:00.000Z',
      githubLogin: 'alice',
      description: 'x',
    },
  }
}
