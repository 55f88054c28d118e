import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/each-database'
import { environments, listeningApi, makeEnvironment } from './server'

describeOnEachDatabase('the life of an environment over HTTP', () => {
  const api = listeningApi()
  const one = `${environments}/acme/web/prod`

  it('begins empty, with revision 1', async () => {
    expect(
      (await api.call('POST', `${environments}/acme`, { body: { project: 'web', name: 'prod' } })).status,
    ).toBe(204)
    const read = await api.call('GET', one)
    expect(read).toMatchObject({ status: 200, text: '' })
    expect(read.headers.get('pulumi-esc-revision')).toBe('1')
    expect(read.headers.get('etag')).toBeTruthy()
  })

  it('is listed with what a console shows', async () => {
    const { json } = await api.call('GET', `${environments}/acme`)
    expect(json).toMatchObject({
      environments: [
        {
          organization: 'acme',
          project: 'web',
          name: 'prod',
          ownedBy: { githubLogin: 'alice' },
          settings: { deletionProtected: false },
          tags: {},
        },
      ],
    })
    expect((await api.call('GET', environments)).json).toEqual(json)
  })

  it('keeps every byte of a definition but the secrets', async () => {
    const definition =
      '# why\nvalues:\n    plain: one   # a note\n\n    token:\n        fn::secret: hunter2-hunter2\n'
    const saved = await api.call('PATCH', one, {
      body: definition,
      headers: { 'content-type': 'application/json' },
    })
    expect(saved).toMatchObject({ status: 200, text: '{}\n' })
    expect(saved.headers.get('pulumi-esc-revision')).toBe('2')
    const read = await api.call('GET', one)
    expect(read.text).not.toContain('hunter2')
    expect(read.text.replace(/fn::secret:\s+ciphertext: \S+/, 'fn::secret: hunter2-hunter2')).toBe(definition)
    const decrypted = await api.call('GET', `${one}/decrypt`)
    expect(decrypted.text).toBe(definition)
    expect(decrypted.headers.get('etag')).toBe(read.headers.get('etag'))
  })

  it('takes back the text that it gave, without a new revision', async () => {
    const { text, headers } = await api.call('GET', one)
    const saved = await api.call('PATCH', one, { body: text, headers: { etag: headers.get('etag') ?? '' } })
    expect(saved.status).toBe(200)
    expect(saved.headers.get('pulumi-esc-revision')).toBe('2')
  })

  it('opens, reads the session and a property of it by either path, and closes it', async () => {
    const opened = await api.call('POST', `${one}/open?duration=1h0m0s`)
    expect(opened.status).toBe(200)
    const { id } = opened.json as { id: string }
    expect(opened.json).toEqual({ id })
    const session = await api.call('GET', `${one}/open/${id}`)
    expect(session.json).toMatchObject({
      properties: {
        plain: { value: 'one', trace: { def: { environment: 'prod' } } },
        token: { value: 'hunter2-hunter2', secret: true },
      },
    })
    for (const slashes of ['/', '//']) {
      const property = await api.call('GET', `${one}/open${slashes}${id}?property=plain`)
      expect(property.json).toMatchObject({ value: 'one' })
    }
    expect((await api.call('GET', `${one}/open/${id}?property=absent`)).status).toBe(404)
    expect((await api.call('DELETE', `${one}/open/${id}`)).status).toBe(204)
    expect((await api.call('GET', `${one}/open/${id}`)).status).toBe(404)
  })

  it('is read at a revision', async () => {
    expect(await api.call('GET', `${one}/versions/1`)).toMatchObject({ status: 200, text: '' })
    const latest = await api.call('GET', `${one}/versions/latest`)
    expect(latest.headers.get('pulumi-esc-revision')).toBe('2')
    expect((await api.call('GET', `${one}/versions/99`)).status).toBe(404)
    expect((await api.call('GET', `${one}/versions/no-such-tag`)).status).toBe(404)
  })

  it('imports another environment', async () => {
    await makeEnvironment(api.call, 'web/base', 'values:\n  base: from-base\n')
    await makeEnvironment(api.call, 'web/importer', `imports:\n  - web/base\nvalues:\n  own: \${base}\n`)
    const opened = await api.call('POST', `${environments}/acme/web/importer/open`)
    const { id } = opened.json as { id: string }
    expect((await api.call('GET', `${environments}/acme/web/importer/open/${id}`)).json).toMatchObject({
      properties: { base: { value: 'from-base' }, own: { value: 'from-base' } },
    })
  })

  it('is deleted, and its name is free again', async () => {
    expect((await api.call('DELETE', one)).status).toBe(204)
    expect(await api.call('GET', one)).toMatchObject({ status: 404, json: { code: 404 } })
    expect((await api.call('HEAD', one)).text).toBe('')
    await makeEnvironment(api.call, 'web/prod')
    expect((await api.call('GET', one)).headers.get('pulumi-esc-revision')).toBe('1')
  })
})
