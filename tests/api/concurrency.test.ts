import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/each-database'
import { type Client, environments, listeningApi, makeEnvironment } from './server'

const writers = 50

describeOnEachDatabase('many writers on one environment', () => {
  const api = listeningApi()
  const one = `${environments}/acme/race/track`

  it('sets the scene', () => makeEnvironment(api.call, 'race/track'))

  it(`lets exactly one of ${writers} win each revision, and loses nothing`, {
    timeout: 180_000,
  }, async () => {
    const revisions = await Promise.all(
      Array.from({ length: writers }, (_, writer) => writeUntilAccepted(api.call, one, writer)),
    )
    expect(revisions.sort((a, b) => a - b)).toEqual(Array.from({ length: writers }, (_, at) => at + 2))
    const history = await api.call('GET', `${one}/versions?count=500`)
    expect((history.json as { number: number }[]).map(({ number }) => number)).toEqual(
      Array.from({ length: writers + 1 }, (_, at) => writers + 1 - at),
    )
    const { text } = await api.call('GET', one)
    const lines = text.trimEnd().split('\n').slice(1)
    expect(new Set(lines).size).toBe(writers)
  })

  it('lets one of many with the same etag win', { timeout: 60_000 }, async () => {
    const { headers, text } = await api.call('GET', one)
    const etag = headers.get('etag') ?? ''
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, writer) =>
        api.call('PATCH', one, { body: `${text}  late${writer}: true\n`, headers: { etag } }),
      ),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 409)])
  })

  it('lets one of many create a name', { timeout: 60_000 }, async () => {
    const body = { project: 'race', name: 'once' }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.call('POST', `${environments}/acme`, { body })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array.from({ length: 9 }, () => 409)])
  })
})

/** Adds a line of its own to whatever is there, as an editor would. @returns the revision that it made */
async function writeUntilAccepted(call: Client, path: string, writer: number): Promise<number> {
  for (;;) {
    const { text, headers } = await call('GET', path)
    const body = `${text || 'values:\n'}  writer${writer}: true\n`
    const saved = await call('PATCH', path, { body, headers: { etag: headers.get('etag') ?? '' } })
    if (saved.status === 200) return Number(saved.headers.get('pulumi-esc-revision'))
    if (saved.status !== 409) throw new Error(`saving answered ${saved.status}: ${saved.text}`)
  }
}
