import { describe, expect, it } from 'vitest'
import { openDefinition, type ProviderContext } from '@/lib/language'
import { findings, options, recordingProviders, sleep, textLoader, valuesOf } from './support'

/** The most effects of one kind that were under way at the same time. */
class Gauge {
  private now = 0
  most = 0

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.now++
    this.most = Math.max(this.most, this.now)
    try {
      return await work()
    } finally {
      this.now--
    }
  }
}

const letters = [...'abcdefgh']

describe('latency hiding', () => {
  it('loads all imports at the same time, each once', async () => {
    const gauge = new Gauge()
    const texts = Object.fromEntries(letters.map((name) => [name, `imports: [shared]\nvalues: {${name}: 1}`]))
    const files = textLoader({ ...texts, shared: 'values: {s: 1}' })
    const loader = {
      load: (name: string) =>
        gauge.during(async () => {
          await sleep(5)
          return files.load(name, never())
        }),
    }
    const result = await openDefinition(options(`imports: [${letters}]\nvalues: {x: 1}`, { loader }))
    expect(findings(result)).toEqual([])
    expect(gauge.most).toBe(letters.length)
    expect(files.asked.toSorted()).toEqual([...letters, 'shared'].toSorted())
  })

  it('opens independent providers at the same time, nested values and imports included', async () => {
    const gauge = new Gauge()
    const providers = recordingProviders({
      slow: (inputs) =>
        gauge.during(async () => {
          await sleep(10)
          return inputs
        }),
    })
    const loader = textLoader({ child: 'values: {there: {fn::open::slow: {n: 3}}}' })
    const definition = `
imports: [child]
values:
  first: {fn::open::slow: {n: 1}}
  nested: [{deep: {fn::open::slow: {n: 2}}}]
  sum: \${first.n}\${nested[0].deep.n}\${there.n}
`
    const result = await openDefinition(options(definition, { loader, providers }))
    expect(findings(result)).toEqual([])
    expect(valuesOf(result).sum).toBe('123')
    expect(gauge.most).toBe(3)
  })

  it('opens the providers of one import while another is still loading', async () => {
    const events: string[] = []
    let announce = () => {}
    const opened = new Promise<void>((resolve) => {
      announce = resolve
    })
    const providers = recordingProviders({
      note: () => {
        events.push('opened')
        announce()
        return {}
      },
    })
    const files = textLoader({ quick: 'values: {q: {fn::open::note: {}}}', slow: 'values: {s: 1}' })
    const loader = {
      load: async (name: string) => {
        if (name === 'slow') await opened
        events.push(name)
        return files.load(name, never())
      },
    }
    await openDefinition(options('imports: [slow, quick]\nvalues: {x: 1}', { loader, providers }))
    expect(events).toEqual(['quick', 'opened', 'slow'])
  })

  it('opens each call once, however long the chain', async () => {
    const providers = recordingProviders({
      next: async ({ n }) => {
        await sleep(2)
        return { n: Number(n) + 1 }
      },
    })
    const definition = `
values:
  a: {fn::open::next: {n: "0"}}
  b: {fn::open::next: {n: "\${a.n}"}}
  c: {fn::open::next: {n: "\${b.n}"}}
  aside: {fn::open::next: {n: 10}}
`
    const result = await openDefinition(options(definition, { providers }))
    expect(valuesOf(result)).toMatchObject({ a: { n: 1 }, b: { n: 2 }, c: { n: 3 }, aside: { n: 11 } })
    expect(providers.called).toHaveLength(4)
  })

  it('does not open with inputs that an open base will complete', async () => {
    const seen: unknown[] = []
    const providers = recordingProviders({
      base: async () => {
        await sleep(5)
        return { x: 1 }
      },
      use: (inputs) => {
        seen.push(inputs)
        return {}
      },
    })
    const loader = textLoader({ child: 'values: {o: {fn::open::base: {}}}' })
    const definition = 'imports: [child]\nvalues:\n  o: {y: 2}\n  used: {fn::open::use: "${o}"}\n'
    await openDefinition(options(definition, { loader, providers }))
    expect(seen).toEqual([{ x: 1, y: 2 }])
  })

  it('goes on when a provider fails', async () => {
    const providers = recordingProviders({
      bad: () => {
        throw new Error('no luck')
      },
      good: async () => {
        await sleep(2)
        return { ok: true }
      },
    })
    const definition =
      'values:\n  bad: {fn::open::bad: {}}\n  good: {fn::open::good: {}}\n  after: "${bad.x} ${good.ok}"\n'
    const result = await openDefinition(options(definition, { providers }))
    expect(findings(result)).toEqual(['error provider: no luck'])
    expect(valuesOf(result)).toMatchObject({ good: { ok: true }, bad: '[unknown]', after: '[unknown]' })
    expect(result.calls.map(({ provider, status }) => `${provider} ${status}`)).toEqual([
      'bad failed',
      'good opened',
    ])
  })

  it('reports in the same order whatever answers first', async () => {
    const definition = `
imports: [a, b, c]
values:
  x: {fn::open::bad: {n: 1}}
  y: {fn::open::bad: {n: 2}}
`
    const texts = {
      a: 'imports: [c]\nvalues: {a: "${no}"}',
      b: 'values: {b: {fn::open::bad: {n: b}}}',
      c: 'values: {c: "${no}"}',
    }
    const run = async (seed: number): Promise<string[]> => {
      const delay = (name: string): number => (name.charCodeAt(0) * seed) % 7
      const providers = recordingProviders({
        bad: async ({ n }) => {
          await sleep(delay(String(n)))
          throw new Error(`bad ${n}`)
        },
      })
      const result = await openDefinition(
        options(definition, { providers, loader: textLoader(texts, { delay }) }),
      )
      return result.diagnostics.map(({ summary, range }) => `${range?.environment} ${summary}`)
    }
    const [first, ...others] = await Promise.all([1, 2, 3, 4, 5].map(run))
    expect(first).toEqual([
      'c unknown property "no"',
      'a unknown property "no"',
      'b bad b',
      'env bad 1',
      'env bad 2',
    ])
    for (const other of others) expect(other).toEqual(first)
  })

  it('ends when it is cancelled, and tells the provider', async () => {
    const controller = new AbortController()
    let told = false
    const providers = recordingProviders({
      hang: (_inputs, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            told = true
          })
        }),
    })
    setTimeout(() => controller.abort(), 10)
    const result = await openDefinition(
      options('values: {h: {fn::open::hang: {}}, x: 1}', { providers, signal: controller.signal }),
    )
    expect(findings(result)).toEqual(['error aborted: the evaluation was cancelled'])
    expect(valuesOf(result)).toEqual({ h: '[unknown]', x: 1 })
    expect(told).toBe(true)
  })

  it('gives a call that does not answer up, not the others', async () => {
    const providers = recordingProviders({ hang: () => new Promise(() => {}), good: () => ({ ok: 1 }) })
    const definition = 'values:\n  h: {fn::open::hang: {}}\n  g: {fn::open::good: {}}\n'
    const result = await openDefinition(options(definition, { providers, limits: { callMilliseconds: 20 } }))
    expect(findings(result)).toEqual(['error limit.time: no answer within 20 ms'])
    expect(valuesOf(result)).toEqual({ h: '[unknown]', g: { ok: 1 } })
  })

  it('passes the place of the call to the provider and surfaces the expiry', async () => {
    const expiresAt = new Date('2026-11-23T12:00:00Z')
    let context: unknown
    const providers = {
      rotator: () => undefined,
      provider: (name: string) => ({
        name,
        schema: () => ({ inputs: true, outputs: true }),
        open: (_inputs: object, given: ProviderContext) => {
          const { organization, rootEnvironment, currentEnvironment, principal, openDuration } = given
          context = { organization, rootEnvironment, currentEnvironment, principal, openDuration }
          return { output: 1, expiresAt }
        },
      }),
    }
    const principal = { login: 'ada' }
    const loader = textLoader({ child: 'values: {c: {fn::open::any: {}}}' })
    const result = await openDefinition(
      options('imports: [child]', { loader, providers, principal, organization: 'acme', openDuration: 60 }),
    )
    expect(context).toEqual({
      organization: 'acme',
      rootEnvironment: 'env',
      currentEnvironment: 'child',
      principal,
      openDuration: 60,
    })
    expect(result.calls).toMatchObject([
      { environment: 'child', path: 'values.c', status: 'opened', expiresAt },
    ])
  })
})

function never() {
  return { from: '', signal: new AbortController().signal }
}
