import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Redactor } from './redactor'

interface Write {
  readonly stream: 'out' | 'err'
  readonly text: string
}

/** What appears on each stream, and on a terminal that shows both. */
function redact(secrets: readonly string[], writes: readonly Write[]) {
  const shown = { out: '', err: '', both: '' }
  const redactor = new Redactor(secrets.map((secret) => Buffer.from(secret)))
  const open = (stream: 'out' | 'err') =>
    redactor.channel((bytes) => {
      const text = Buffer.from(bytes).toString('latin1')
      shown[stream] += text
      shown.both += text
    })
  const channels = { out: open('out'), err: open('err') }
  for (const { stream, text } of writes) channels[stream].write(Buffer.from(text))
  const before = { ...shown }
  channels.out.end()
  channels.err.end()
  return { ...shown, before }
}

const out = (text: string): Write => ({ stream: 'out', text })
const err = (text: string): Write => ({ stream: 'err', text })

describe('redaction at boundaries (C01)', () => {
  it.each([
    ['in one write', [out('a hunter2 b\n')]],
    ['split between two writes', [out('a hun'), out('ter2 b\n')]],
    ['byte by byte', [...'a hunter2 b\n'].map(out)],
    ['with other output in the other stream between', [out('a hun'), err('x'), out('ter2 b\n')]],
  ])('masks a secret %s', (_, writes) => {
    expect(redact(['hunter2'], writes).out).toBe('a [secret] b\n')
  })

  it('masks a secret split across the streams', () => {
    const shown = redact(['hunter2'], [out('a hun'), err('ter2 b')])
    expect(shown.out).toBe('a [secret]')
    expect(shown.err).toBe('[secret] b')
  })

  it('masks a secret split across the streams after one of them ended', () => {
    let text = ''
    const redactor = new Redactor([Buffer.from('hunter2')])
    const emit = (bytes: Uint8Array) => {
      text += Buffer.from(bytes).toString()
    }
    const [first, second] = [redactor.channel(emit), redactor.channel(emit)]
    first.write(Buffer.from('hun'))
    first.end()
    second.write(Buffer.from('ter2'))
    second.end()
    expect(text).toBe('[secret][secret]')
  })

  it('masks a secret over line ends', () => {
    expect(redact(['one\ntwo'], [out('> one\n'), out('two <\n')]).out).toBe('> [secret] <\n')
  })

  it('shows what only looks like the beginning of a secret, at the latest at the end', () => {
    const shown = redact(['hunter2'], [out('a hunt')])
    expect(shown.before.out).toBe('a ')
    expect(shown.out).toBe('a hunt')
  })

  it('shows a prompt before its newline', () => {
    expect(redact(['hunter2'], [out('Password: ')]).before.out).toBe('Password: ')
  })
})

describe('redaction of overlapping secrets (C02)', () => {
  it.each([
    ['a prefix of another', ['abc', 'abcdef'], 'x abcdef y', 'x [secret] y'],
    ['a suffix of another', ['def', 'abcdef'], 'x abcdef y', 'x [secret] y'],
    ['inside another', ['cde', 'abcdef'], 'x abcdef y', 'x [secret] y'],
    ['overlapping another', ['abcd', 'cdef'], 'x abcdef y', 'x [secret] y'],
    ['equal to another', ['abc', 'abc'], 'x abc y', 'x [secret] y'],
    ['beside another', ['abc', 'def'], 'x abcdef y', 'x [secret][secret] y'],
    ['only begun', ['abc', 'abcdef'], 'x abcde y', 'x [secret]de y'],
    ['overlapping itself', ['aaa'], 'x aaaaaaa y', 'x [secret] y'],
  ])('masks one that is %s', (_, secrets, text, expected) => {
    expect(redact(secrets, [out(text)]).out).toBe(expected)
    expect(redact(secrets, [...text].map(out)).out).toBe(expected)
  })

  it('masks ten thousand secrets', () => {
    const secrets = Array.from({ length: 10_000 }, (_, index) => `secret-${index}-${index * 7919}`)
    const text = secrets.join(' ')
    expect(
      redact(secrets, [out(text)])
        .out.replaceAll('[secret]', '')
        .trim(),
    ).toBe('')
  })

  it('holds no more than a secret is long, however long the covered text', () => {
    const redactor = new Redactor([Buffer.from('aaa')])
    let shown = 0
    const channel = redactor.channel((bytes) => {
      shown += bytes.length
    })
    for (let round = 0; round < 1000; round++) channel.write(Buffer.alloc(1000, 'a'))
    expect(channel.position).toBe(1_000_000)
    expect(shown).toBe('[secret]'.length)
  })
})

describe('redaction in general', () => {
  const pieces = fc.array(
    fc.tuple(fc.constantFrom('out' as const, 'err' as const), fc.stringMatching(/^[abc]{0,6}$/)),
  )
  const secrets = fc.array(fc.stringMatching(/^[abc]{3,6}$/), { minLength: 1, maxLength: 4 })

  it('never shows a secret that was written to one stream, and loses nothing else', () => {
    fc.assert(
      fc.property(secrets, pieces, (words, writes) => {
        const shown = redact(
          words,
          writes.map(([, text]) => out(text)),
        )
        const text = writes.map(([, part]) => part).join('')
        expect(shown.out).toBe(expectation(words, text))
      }),
    )
  })

  it('never shows a secret on either stream, however the two are mixed', () => {
    fc.assert(
      fc.property(secrets, pieces, (words, writes) => {
        const shown = redact(
          words,
          writes.map(([stream, text]) => ({ stream, text })),
        )
        for (const text of [shown.out, shown.err]) {
          for (const part of text.split('[secret]')) {
            for (const word of words) expect(part.includes(word)).toBe(false)
          }
        }
      }),
    )
  })
})

/** The rule itself, slowly: cover every occurrence, join what overlaps, write one mask for each cover. */
function expectation(words: readonly string[], text: string): string {
  const covers: [number, number][] = []
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      covers.push([at, at + word.length])
  }
  covers.sort((a, b) => a[0] - b[0])
  let result = ''
  let at = 0
  for (const [start, end] of joined(covers)) {
    result += `${text.slice(at, start)}[secret]`
    at = end
  }
  return result + text.slice(at)
}

function joined(covers: readonly [number, number][]): [number, number][] {
  const result: [number, number][] = []
  for (const [start, end] of covers) {
    const last = result.at(-1)
    if (last && start < last[1]) last[1] = Math.max(last[1], end)
    else result.push([start, end])
  }
  return result
}
