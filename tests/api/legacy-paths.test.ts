/** Clients from before environments had projects (http-api.md §9). */
import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/each-database'
import { environments, listeningApi } from './server'

describeOnEachDatabase('paths without a project', () => {
  const api = listeningApi()
  const preview = '/api/preview/environments'
  const one = `${preview}/acme/old`

  it('create, update and read in the project default', async () => {
    expect((await api.call('POST', one)).status).toBe(204)
    expect((await api.call('POST', one)).status).toBe(409)
    expect((await api.call('PATCH', one, { body: 'values: {n: 1}\n' })).status).toBe(200)
    expect((await api.call('GET', one)).text).toBe('values: {n: 1}\n')
    expect((await api.call('HEAD', one)).headers.get('etag')).not.toBeNull()
    expect((await api.call('GET', `${environments}/acme/default/old`)).text).toBe('values: {n: 1}\n')
    for (const path of [
      preview,
      `${preview}?maxResults=10`,
      `${preview}/acme`,
      `${preview}/acme?maxResults=10`,
    ]) {
      expect((await api.call('GET', path)).json).toMatchObject({
        environments: [{ organization: 'acme', project: 'default', name: 'old' }],
      })
    }
  })

  it('check and open', async () => {
    expect((await api.call('POST', `${one}/check?showSecrets=false`)).json).toHaveProperty('properties.n')
    const unsaved = await api.call('POST', `${preview}/acme/yaml/check`, { body: 'values: {m: 2}\n' })
    expect(unsaved.json).toHaveProperty('properties.m')
    const opened = await api.call('POST', `${one}/open?duration=1h`)
    const { id } = opened.json as { id: string }
    expect((await api.call('GET', `${one}/open/${id}?property=n`)).json).toMatchObject({ value: 1 })
    expect((await api.call('GET', `${one}/open//${id}?property=n`)).json).toMatchObject({ value: 1 })
    const { json } = await api.call('POST', `${preview}/acme/yaml/open`, { body: 'values: {m: 2}\n' })
    const session = (json as { id: string }).id
    expect((await api.call('GET', `${preview}/acme/yaml/open/${session}`)).json).toHaveProperty(
      'properties.m',
    )
  })

  it('tag, and name a revision in the path', async () => {
    expect((await api.call('POST', `${one}/tags`, { body: { name: 'a', value: 'b' } })).status).toBe(200)
    expect((await api.call('GET', `${one}/tags/a`)).json).toMatchObject({ value: 'b' })
    const body = { revision: 1 }
    expect((await api.call('POST', `${one}/versions/tags/first%2D1`, { body })).status).toBe(204)
    expect((await api.call('GET', `${one}/versions/tags/first-1`)).json).toMatchObject({ revision: 1 })
    expect((await api.call('POST', `${one}/versions/tags/newest`)).status).toBe(204)
    expect((await api.call('GET', `${one}/versions/tags/newest`)).json).toMatchObject({ revision: 2 })
    expect((await api.call('GET', `${one}/versions/1`)).text).toBe('')
    expect((await api.call('GET', `${one}/hooks`)).json).toEqual([])
    expect((await api.call('GET', `${one}/metadata`)).status).toBe(200)
  })

  it('refuse as today, and end', async () => {
    expect((await api.anonymous('GET', one)).status).toBe(401)
    expect((await api.call('POST', `${preview}/acme/..%2Fx`)).status).toBe(400)
    expect((await api.call('POST', `${preview}/acme/%E0`)).status).toBe(400)
    expect((await api.call('GET', '/api/preview/environmentsx')).status).toBe(404)
    expect((await api.call('DELETE', one)).status).toBe(204)
    expect((await api.call('GET', one)).status).toBe(404)
  })
})
