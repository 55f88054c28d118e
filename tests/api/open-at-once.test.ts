/** An opening that gives its values with the answer (RFC 7240): the same values, and a record that they were read. */
import { expect, it } from 'vitest'
import { database } from '@/lib/db'
import { describeOnEachDatabase } from '../support/each-database'
import { type Answer, environments, listeningApi, makeEnvironment } from './server'

const definition = `values:
  half: 1.50
  large: 1e+06
  list: [true, null, { deep: "\${token}" }]
  token: { fn::secret: hush-hush }
`
const wanted = { headers: { Prefer: 'respond-async, Return="representation"' } }

describeOnEachDatabase('what is opened and read at once', () => {
  const api = listeningApi()
  const one = `${environments}/acme/web/prod`
  const unsaved = `${environments}/acme/yaml/open`
  const idOf = ({ json }: Answer) => (json as { id: string }).id

  async function lastRecord() {
    return database().auditEvent.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
  }

  async function expectSameAsRead(opened: Answer, session: string) {
    expect(opened.status).toBe(200)
    expect(opened.headers.get('preference-applied')).toBe('return=representation')
    expect(await lastRecord()).toMatchObject({ data: { session: idOf(opened), read: true } })
    const read = await api.call('GET', `${session}/${idOf(opened)}`)
    expect(read.text).toContain('1e+06')
    expect(opened.text).toBe(`{"id":"${idOf(opened)}",${read.text.slice(1)}`)
  }

  it('is what the session gives, byte for byte, however it was opened', async () => {
    await makeEnvironment(api.call, 'web/prod', definition)
    const { json } = await api.call('POST', `${one}/drafts`, { body: `${definition}  more: 1\n` })
    const { changeRequestId } = json as { changeRequestId: string }
    for (const path of ['open', 'versions/2/open', `drafts/${changeRequestId}/open`]) {
      await expectSameAsRead(await api.call('POST', `${one}/${path}`, wanted), `${one}/open`)
    }
    await expectSameAsRead(await api.call('POST', unsaved, { ...wanted, body: definition }), unsaved)
  })

  it('is not in the answer to anyone who did not ask for it', async () => {
    for (const Prefer of ['', 'return=minimal', 'wait=10']) {
      const opened = await api.call('POST', `${one}/open`, { headers: { Prefer } })
      expect(opened.json).toEqual({ id: idOf(opened) })
      expect(opened.headers.get('preference-applied')).toBeNull()
      expect(JSON.stringify(await lastRecord())).not.toContain('"read"')
    }
  })

  it('is nothing where the opening fails', async () => {
    const body = 'values:\n  gone: { fn::fromJSON: "{" }\n  token: { fn::secret: hush-hush }\n'
    const { status, text } = await api.call('POST', unsaved, { ...wanted, body })
    expect(status).toBe(400)
    expect(text).not.toContain('hush-hush')
  })
})
