/** What hangs on an environment: tags, revisions, settings, copies, referrers. */
import { expect, it } from 'vitest'
import { database } from '@/lib/db'
import { describeOnEachDatabase } from '../support/each-database'
import { addGrant, addMember, addPerson } from '../support/installation'
import { environments, listeningApi, makeEnvironment } from './server'

describeOnEachDatabase('what hangs on an environment', () => {
  const api = listeningApi()
  const one = `${environments}/acme/web/prod`
  const row = (name: string) =>
    database().environment.findFirstOrThrow({ where: { nameKey: name, deletedAt: null } })

  it('sets the scene: four revisions', async () => {
    await makeEnvironment(api.call, 'web/prod')
    for (const n of [2, 3, 4]) {
      const body = `values:\n  n: ${n}\n  token:\n    fn::secret: secret-${n}\n`
      expect((await api.call('PATCH', one, { body })).headers.get('pulumi-esc-revision')).toBe(String(n))
    }
  })

  it('lists revisions, the newest first', async () => {
    const { json } = await api.call('GET', `${one}/versions`)
    expect(json).toMatchObject([
      { number: 4, creatorLogin: 'alice', tags: ['latest'] },
      { number: 3, tags: [] },
      { number: 2 },
      { number: 1 },
    ])
    expect((await api.call('GET', `${one}/versions?before=4&count=2`)).json).toMatchObject([
      { number: 3 },
      { number: 2 },
    ])
  })

  it('tags revisions, moves and removes tags', async () => {
    const tags = `${one}/versions/tags`
    expect((await api.call('POST', tags, { body: { name: 'stable', revision: 2 } })).status).toBe(204)
    expect((await api.call('POST', tags, { body: { name: 'Newest' } })).status).toBe(204)
    expect((await api.call('POST', tags, { body: { name: 'stable' } })).status).toBe(409)
    expect((await api.call('POST', tags, { body: { name: 'x', revision: 9 } })).status).toBe(404)
    for (const name of ['2nd', '', 'a b', 'latest', 'x'.repeat(101)]) {
      expect((await api.call('POST', tags, { body: { name } })).status).toBe(400)
    }
    const { json } = await api.call('GET', tags)
    expect(json).toMatchObject({
      tags: [
        { name: 'Newest', revision: 4 },
        { name: 'latest', revision: 4 },
        { name: 'stable', revision: 2, editorLogin: 'alice' },
      ],
    })
    expect((await api.call('GET', `${tags}?after=latest`)).json).toMatchObject({ tags: [{ name: 'stable' }] })
    expect((await api.call('GET', `${one}/versions/4/tags`)).json).toMatchObject({
      tags: [{ name: 'Newest' }, { name: 'latest' }],
    })
    expect((await api.call('GET', `${one}/versions/stable`)).headers.get('pulumi-esc-revision')).toBe('2')
    expect((await api.call('PATCH', `${tags}/stable`, { body: { revision: 3 } })).status).toBe(204)
    expect((await api.call('GET', `${tags}/stable`)).json).toMatchObject({ name: 'stable', revision: 3 })
    expect((await api.call('PATCH', `${tags}/absent`, { body: { revision: 3 } })).status).toBe(404)
    for (const method of ['PATCH', 'DELETE'])
      expect((await api.call(method, `${tags}/latest`)).status).toBe(400)
    expect((await api.call('DELETE', `${tags}/Newest`)).status).toBe(204)
    expect((await api.call('DELETE', `${tags}/Newest`)).status).toBe(404)
  })

  it('keeps environment tags with an optimistic lock', async () => {
    const tags = `${one}/tags`
    expect((await api.call('POST', tags, { body: { name: 'team', value: 'core' } })).json).toMatchObject({
      name: 'team',
      value: 'core',
      editorLogin: 'alice',
    })
    expect((await api.call('POST', tags, { body: { name: 'team', value: 'x' } })).status).toBe(409)
    for (const body of [
      { name: '', value: 'x' },
      { name: 'x', value: '' },
      { name: 'x'.repeat(41), value: 'x' },
    ]) {
      expect((await api.call('POST', tags, { body })).status).toBe(400)
    }
    const change = (value: string, name: string, next: string) => ({
      body: { currentTag: { name: '', value }, newTag: { name, value: next } },
    })
    expect((await api.call('PATCH', `${tags}/team`, change('stale', '', 'x'))).status).toBe(409)
    expect((await api.call('PATCH', `${tags}/team`, change('core', '', 'apps'))).json).toMatchObject({
      value: 'apps',
    })
    expect((await api.call('PATCH', `${tags}/team`, change('apps', 'owner', ''))).json).toMatchObject({
      name: 'owner',
      value: 'apps',
    })
    expect((await api.call('GET', tags)).json).toMatchObject({
      tags: { owner: { value: 'apps' } },
      nextToken: '0',
    })
    expect((await api.call('GET', `${environments}/acme/tags`)).json).toEqual({ owner: ['apps'] })
    await api.call('POST', tags, { body: { name: 'a', value: 'b' } })
    expect((await api.call('GET', `${tags}?count=1`)).json).toMatchObject({ tags: { a: {} }, nextToken: '1' })
    expect((await api.call('GET', `${tags}?count=1&after=1`)).json).toMatchObject({
      tags: { owner: {} },
      nextToken: '0',
    })
    expect((await api.call('DELETE', `${tags}/a`)).status).toBe(204)
    expect((await api.call('GET', `${tags}/a`)).json).toEqual({ code: 404, message: 'Not Found: tag' })
  })

  it('retracts a revision: its replacement takes its place', async () => {
    expect((await api.call('POST', `${one}/versions/4/retract`, { body: {} })).status).toBe(400)
    const retracted = await api.call('POST', `${one}/versions/3/retract`, { body: { reason: 'leaked' } })
    expect(retracted.status).toBe(204)
    expect((await api.call('POST', `${one}/versions/3/retract`)).status).toBe(409)
    expect((await api.call('GET', `${one}/versions/tags/stable`)).json).toMatchObject({ revision: 2 })
    expect((await api.call('GET', `${one}/versions/3`)).headers.get('pulumi-esc-revision')).toBe('2')
    expect((await api.call('GET', `${one}/versions?before=4&count=1`)).json).toMatchObject([
      { number: 3, retracted: { replacement: 2, byLogin: 'alice', reason: 'leaked' } },
    ])
    const opened = await api.call('POST', `${one}/versions/3/open`)
    expect(opened.json).toMatchObject({
      diagnostics: [{ severity: 'warning', summary: expect.stringContaining('retracted') }],
    })
  })

  it('opens an earlier revision, and rolls back by saving it again', async () => {
    const { json } = await api.call('POST', `${one}/versions/2/open`)
    const { id } = json as { id: string }
    expect((await api.call('GET', `${one}/open/${id}?property=token`)).json).toMatchObject({
      value: 'secret-2',
    })
    const old = await api.call('GET', `${one}/versions/2`)
    const saved = await api.call('PATCH', one, { body: old.text })
    expect(saved.headers.get('pulumi-esc-revision')).toBe('5')
    expect((await api.call('GET', `${one}/decrypt`)).text).toContain('secret-2')
  })

  it('clones with each of the four switches', async () => {
    const member = await addPerson('bob')
    await addMember(api.organization, member, 'member')
    await addGrant(await row('prod'), member, 'read', {})
    const clone = (name: string, switches: object) =>
      api.call('POST', `${one}/clone`, { body: { name, ...switches } })
    const at = (name: string, rest = '') => api.call('GET', `${environments}/acme/web/${name}${rest}`)

    expect((await clone('plain', {})).status).toBe(204)
    expect((await at('plain', '/versions')).json).toMatchObject([{ number: 1, tags: ['latest'] }])
    expect((await at('plain', '/decrypt')).text).toContain('secret-2')
    expect((await at('plain', '/tags')).json).toMatchObject({ tags: {} })
    expect(
      await database().environmentGrant.count({ where: { environmentId: (await row('plain')).id } }),
    ).toBe(0)

    expect((await clone('older', { version: 4 })).status).toBe(204)
    expect((await at('older', '/decrypt')).text).toContain('secret-4')

    const all = {
      preserveHistory: true,
      preserveAccess: true,
      preserveEnvironmentTags: true,
      preserveRevisionTags: true,
    }
    expect((await clone('full', all)).status).toBe(204)
    expect((await at('full', '/versions')).json).toHaveLength(5)
    expect((await at('full', '/versions/4/decrypt')).text).toContain('secret-4')
    expect((await at('full', '/versions/tags/stable')).json).toMatchObject({ revision: 2 })
    expect((await at('full', '/tags')).json).toMatchObject({ tags: { owner: { value: 'apps' } } })
    expect(
      await database().environmentGrant.count({ where: { environmentId: (await row('full')).id } }),
    ).toBe(1)

    expect((await clone('full', {})).status).toBe(409)
    expect((await clone('a b', {})).status).toBe(400)
    expect(
      (await api.call('POST', `${environments}/acme/web/absent/clone`, { body: { name: 'x' } })).status,
    ).toBe(404)
  })

  it('says who refers to it', async () => {
    await makeEnvironment(api.call, 'web/user', 'imports: [web/prod, web/prod@2]\n')
    await makeEnvironment(api.call, 'web/inline', `values:\n  n: \${environments.web.prod.n}\n`)
    const { json } = await api.call('GET', `${one}/referrers`)
    expect(json).toEqual({
      referrers: {
        latest: [
          { environment: { project: 'web', name: 'inline', revision: 2 } },
          { environment: { project: 'web', name: 'user', revision: 2 } },
        ],
        2: [{ environment: { project: 'web', name: 'user', revision: 2 } }],
      },
      continuationToken: '',
    })
    const first = await api.call('GET', `${one}/referrers?count=1`)
    expect(first.json).toMatchObject({ continuationToken: '1' })
    expect((await api.call('GET', `${one}/referrers?count=0`)).status).toBe(400)
    expect((await api.call('GET', `${one}/versions/2/referrers`)).json).toMatchObject({
      referrers: { 2: [{}] },
    })
    await api.call('PATCH', `${environments}/acme/web/user`, { body: 'values: {}\n' })
    expect((await api.call('GET', `${one}/referrers`)).json).not.toHaveProperty('referrers.2')
    expect((await api.call('GET', `${one}/referrers?allRevisions=true`)).json).toHaveProperty('referrers.2')
    const list = await api.call('GET', `${environments}/acme`)
    const { environments: all } = list.json as { environments: { name: string; referrerMetadata: object }[] }
    expect(all.find(({ name }) => name === 'prod')?.referrerMetadata).toMatchObject({
      environmentReferrerCount: 1,
    })
  })

  it('is restored by name and time of deletion', async () => {
    for (const body of ['values: {first: 1}\n', 'values: {second: 2}\n']) {
      await makeEnvironment(api.call, 'web/lost', body)
      expect((await api.call('DELETE', `${environments}/acme/web/lost`)).status).toBe(204)
    }
    const { json } = await api.call('GET', `${environments}/acme/restore`)
    const { environments: deleted } = json as { environments: { name: string; deletedAt: string }[] }
    expect(deleted.map(({ name }) => name)).toEqual(['lost', 'lost'])
    const restore = (deletionTimestamp: string | undefined) =>
      api.call('PUT', `${environments}/acme/restore`, {
        body: { project: 'web', name: 'lost', deletionTimestamp },
      })
    expect((await restore('2026-01-01T00:00:00.000Z')).status).toBe(404)
    expect((await restore(deleted[1]?.deletedAt)).status).toBe(204)
    expect((await api.call('GET', `${environments}/acme/web/lost`)).text).toContain('first')
    expect((await restore(deleted[0]?.deletedAt)).status).toBe(409)
  })

  it('pages through a list', async () => {
    const names: string[] = []
    let token = ''
    do {
      const { json } = await api.call('GET', `${environments}?maxResults=2&continuationToken=${token}`)
      const page = json as { environments: { name: string }[]; nextToken?: string }
      expect(page.environments.length).toBeLessThanOrEqual(2)
      names.push(...page.environments.map(({ name }) => name))
      token = page.nextToken ?? ''
    } while (token !== '')
    const all = await api.call('GET', environments)
    expect(names).toEqual(
      (all.json as { environments: { name: string }[] }).environments.map(({ name }) => name),
    )
    expect((await api.call('GET', `${environments}?continuationToken=nonsense`)).status).toBe(400)
    expect((await api.call('GET', `${environments}/no-such-organization`)).status).toBe(404)
  })

  it('changes hands', async () => {
    const change = (githubLogin: string) => api.call('POST', `${one}/ownership`, { body: { githubLogin } })
    expect((await change('nobody')).status).toBe(400)
    expect((await change('bob')).json).toMatchObject({ githubLogin: 'alice' })
    expect((await api.call('GET', `${one}/metadata`)).json).toMatchObject({
      ownedBy: { githubLogin: 'bob' },
      oidcSubjectV2: expect.stringMatching(/^pulumi:org:[\w-]+:env:[\w-]+$/),
    })
  })

  it('seals and opens single values', async () => {
    const sealed = await api.call('POST', `${one}/encrypt-secrets`, {
      body: { plaintexts: ['a', 'ü\u0000'] },
    })
    const opened = await api.call('POST', `${one}/decrypt-secrets`, { body: sealed.json })
    expect(opened.json).toEqual({ plaintexts: ['a', 'ü\u0000'] })
  })

  it('describes providers and the context', async () => {
    expect((await api.call('GET', '/api/esc/providers')).json).toMatchObject({
      providers: expect.arrayContaining(['aws-login']),
    })
    expect((await api.call('GET', '/api/esc/providers/aws-login/schema')).json).toMatchObject({
      name: 'aws-login',
      inputs: {},
    })
    expect((await api.call('GET', '/api/esc/providers/absent/schema')).status).toBe(404)
    expect((await api.call('GET', '/api/esc/rotators')).json).toMatchObject({
      rotators: expect.arrayContaining(['aws-iam']),
    })
    expect((await api.call('GET', '/api/esc/context/schema')).json).toMatchObject({
      schema: { type: 'object' },
    })
  })

  it('manages access tokens', async () => {
    const made = await api.call('POST', '/api/user/tokens', { body: { description: 'laptop', expires: 0 } })
    const { id, tokenValue } = made.json as { id: string; tokenValue: string }
    const headers = { authorization: `token ${tokenValue}` }
    expect((await api.anonymous('GET', '/api/user', { headers })).json).toMatchObject({
      githubLogin: 'alice',
    })
    expect(
      (await api.anonymous('GET', '/api/user', { headers: { authorization: `Bearer ${tokenValue}` } }))
        .status,
    ).toBe(200)
    expect((await api.call('GET', '/api/user/tokens')).text).toContain(id)
    expect((await api.call('DELETE', `/api/user/tokens/${id}`)).status).toBe(204)
    expect((await api.anonymous('GET', '/api/user', { headers })).status).toBe(401)
    expect((await api.call('DELETE', `/api/user/tokens/${id}`)).status).toBe(404)
  })
})
