import { describe, expect, it } from 'vitest'
import {
  checkDefinition,
  type Decrypter,
  type Diagnostic,
  type EvaluationOptions,
  openDefinition,
  parseDefinition,
  rotateDefinition,
  stringifyJson,
} from '@/lib/language'
import { decodeEnvelope, encodeEnvelope } from '@/lib/language/text/envelope'
import { ROT128, TEST_PROVIDERS } from '../conformance/test-providers'
import { findings, options, recordingProviders, textLoader, valuesOf } from './support'

/** Cases E01–E15 of the catalogue of attacks; each with a twin that shows the legitimate use working. */

function codes(diagnostics: readonly Diagnostic[]): string[] {
  return [...new Set(diagnostics.map(({ code }) => code))]
}

async function open(definition: string, rest: Partial<EvaluationOptions> = {}) {
  return openDefinition(options(definition, rest))
}

async function openCodes(definition: string, rest: Partial<EvaluationOptions> = {}): Promise<string[]> {
  return codes((await open(definition, rest)).diagnostics)
}

/** Seals a plaintext the way the crypter of the tests opens it. */
async function seal(plaintext: string): Promise<string> {
  return encodeEnvelope(await ROT128.encrypt(plaintext))
}

describe('E01 alias bombs', () => {
  it('are refused at once', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `  l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]\n`,
    ).join('')
    const laughs = `values:\n  l0: &l0 [ha]\n${levels}`
    const many = `values:\n  a: &a 1\n  b: [${'*a,'.repeat(100_000)}]\n`
    parseDefinition(laughs, { environment: 'warm-up' })
    for (const bomb of [laughs, many, 'values:\n  a: &a [*a]\n']) {
      const started = performance.now()
      const { definition, diagnostics } = parseDefinition(bomb, { environment: 'e' })
      expect(definition).toBeUndefined()
      expect(['yaml', 'limit.aliases']).toContain(diagnostics[0]?.code)
      expect(performance.now() - started).toBeLessThan(500)
    }
  })

  it('twin: an anchor is accepted', async () => {
    expect(valuesOf(await open('values: {a: &a 1}'))).toEqual({ a: 1 })
  })
})

describe('E02 depth', () => {
  const deep = 100_000
  it.each([
    ['[', `values:\n  a: ${'['.repeat(deep)}`],
    ['{', `values:\n  a: ${'{a: '.repeat(deep)}`],
    ['- - -', `values:\n  a:\n    ${'- '.repeat(deep)}x`],
    ['? ? ?', `values:\n  a:\n    ${'? '.repeat(deep)}x`],
    ['calls', `values:\n  a: ${'{fn::toJSON: '.repeat(deep)}1${'}'.repeat(deep)}`],
  ])('refuses nested %s', async (_name, definition) => {
    expect(await openCodes(definition)).toEqual(['limit.depth'])
  })

  it('survives nested interpolations', async () => {
    expect(await openCodes(`values:\n  a: ${'${a'.repeat(deep)}${'}'.repeat(deep)}`)).not.toContain(
      'internal',
    )
  })

  it('twin: a hundred levels are fine', async () => {
    expect(await openCodes(`values:\n  a: ${'['.repeat(100)}1${']'.repeat(100)}`)).toEqual([])
  })
})

describe('E03 size', () => {
  type Tower = (inner: string) => string
  const towers: { readonly [name: string]: Tower } = {
    join: (inner) => `{fn::join: ["", ["\${${inner}}", "\${${inner}}"]]}`,
    toJSON: (inner) => `{fn::toJSON: ["\${${inner}}", "\${${inner}}"]}`,
    text: (inner) => `{fn::toString: ["\${${inner}}", "\${${inner}}"]}`,
    toBase64: (inner) => `{fn::toBase64: "\${${inner}}\${${inner}}"}`,
    interpolation: (inner) => `"\${${inner}}\${${inner}}"`,
    concat: (inner) => `{fn::concat: [["\${${inner}}"], ["\${${inner}}"]]}`,
  }

  it.each(Object.entries(towers))('bounds a tower of %s', async (_name, level: Tower) => {
    const levels = Array.from({ length: 60 }, (_, i) => `  a${i + 1}: ${level(`a${i}`)}\n`).join('')
    const found = await openCodes(`values:\n  a0: some text to begin with\n${levels}`)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^limit\.(output|values)$/)
  })

  it('bounds one expression that repeats a long text', async () => {
    const definition = `values:\n  a: ${'x'.repeat(1_000_000)}\n  b: "${'${a}'.repeat(10_000)}"\n`
    expect(await openCodes(definition)).toEqual(['limit.output'])
  })

  it('refuses documents that are too large', async () => {
    expect(await openCodes(`values:\n${'  k: 1\n'.repeat(1_000_000)}`)).toEqual(['limit.bytes'])
    expect(await openCodes(`values: [${'1,'.repeat(300_000)}]`)).toEqual(['limit.nodes'])
  })

  it('takes long keys and numbers as what they are', async () => {
    expect(await openCodes(`values:\n  ${'k'.repeat(1_000_000)}: 1\n`)).toEqual(['yaml'])
    const values = valuesOf(await open(`values:\n  n: ${'9'.repeat(10_000)}\n`))
    expect(values.n).toBe('9'.repeat(10_000))
  })

  it('twin: ten doublings are fine', async () => {
    const levels = Array.from({ length: 10 }, (_, i) => `  a${i + 1}: "\${a${i}}\${a${i}}"\n`).join('')
    const result = await open(`values:\n  a0: ab\n${levels}`)
    expect(valuesOf(result).a10).toBe('ab'.repeat(1024))
  })
})

describe('E04 cycles', () => {
  it.each([
    ['values', 'values: {a: "${b}", b: "${a}"}'],
    ['arguments', 'values: {a: {fn::toJSON: "${a}"}}'],
    ['provider inputs', 'values: {a: {fn::open::test: {x: "${a.x}"}}}'],
    ['rotator inputs', 'values: {a: {fn::rotate::swap: {inputs: {x: "${a.a}"}, state: {a: b, b: a}}}}'],
  ])('of %s end in a diagnostic', async (_name, definition) => {
    const rest = options(definition, { providers: TEST_PROVIDERS })
    expect(codes((await openDefinition(rest)).diagnostics)).toEqual(['cycle'])
    expect(codes((await rotateDefinition(rest)).diagnostics)).toEqual(['cycle'])
  })

  it('of imports and inline references end in a diagnostic', async () => {
    const loader = () =>
      textLoader({
        a: 'imports: [b]\nvalues: {a: 1}',
        b: 'imports: [a]\nvalues: {b: 1}',
        'p/e': 'values: {x: "${environments.p.e.x}"}',
      })
    expect(await openCodes('imports: [a]', { loader: loader() })).toEqual(['import'])
    expect(await openCodes('imports: [env]', { loader: loader() })).toEqual(['import'])
    expect(await openCodes('values: {x: "${environments.p.e.x}"}', { loader: loader() })).toEqual(['import'])
  })

  it('through a base end in a diagnostic', async () => {
    const loader = textLoader({ base: 'values: {o: {x: "${p.y}"}, p: {y: "${o.x}"}}' })
    expect(await openCodes('imports: [base]\nvalues: {o: {z: "${p.y}"}}', { loader })).toEqual(['cycle'])
  })

  it('twin: siblings may refer to one another', async () => {
    expect(valuesOf(await open('values: {o: {a: 1, b: "${o.a}"}}'))).toEqual({ o: { a: 1, b: 1 } })
  })
})

/** Environments in levels, each importing all of the next level. */
function tree({ width, depth }: { readonly width: number; readonly depth: number }) {
  const names = (level: number): string[] => Array.from({ length: width }, (_, i) => `l${level}n${i}`)
  const texts: { [name: string]: string } = {}
  for (let level = 0; level < depth; level++) {
    for (const name of names(level)) {
      texts[name] = level === depth - 1 ? `values: {${name}: 1}` : `imports: [${names(level + 1)}]`
    }
  }
  return { top: names(0), loader: textLoader(texts) }
}

describe('E05 fan-out', () => {
  it('loads every environment once, whatever the number of ways to it', async () => {
    const wide = tree({ width: 26, depth: 5 })
    const all = await open(`imports: [${wide.top}]`, { loader: wide.loader })
    expect(codes(all.diagnostics)).toHaveLength(1)
    expect(all.diagnostics[0]?.code).toMatch(/^limit\./)
    expect(wide.loader.asked).toHaveLength(5 * 26)
    const narrow = tree({ width: 3, depth: 5 })
    const result = await open(`imports: [${narrow.top}]`, { loader: narrow.loader })
    expect(findings(result)).toEqual([])
    expect(narrow.loader.asked).toHaveLength(5 * 3)
    expect(Object.keys(valuesOf(result))).toEqual(['l4n0', 'l4n1', 'l4n2'])
  })

  it('stops at the limits on loads and calls', async () => {
    const many = Array.from({ length: 1_100 }, (_, i) => `e${i}`)
    const texts = Object.fromEntries(many.map((name) => [name, 'values: {x: 1}']))
    expect(await openCodes(`imports: [${many}]`, { loader: textLoader(texts) })).toEqual(['limit.imports'])
    const calls = many.map((name) => `  ${name}: {fn::open::any: {}}\n`).join('')
    const providers = recordingProviders({ any: () => 1 })
    expect(await openCodes(`values:\n${calls}`, { providers })).toEqual(['limit.calls'])
    expect(providers.called).toHaveLength(1_000)
  })

  it('twin: a hundred imports are fine', async () => {
    const many = Array.from({ length: 100 }, (_, i) => `e${i}`)
    const texts = Object.fromEntries(many.map((name) => [name, `values: {${name}: 1}`]))
    expect(await openCodes(`imports: [${many}]`, { loader: textLoader(texts) })).toEqual([])
  })
})

describe('E06 prototype keys', () => {
  const definition = `
imports: [__proto__]
values:
  __proto__: {polluted: 1}
  constructor: {prototype: {polluted: 1}}
  inner: {__proto__: {polluted: 1}, <<: {__proto__: {polluted: 1}}}
  json: {fn::fromJSON: '{"__proto__": {"polluted": 1}, "constructor": {"polluted": 1}}'}
  read: \${__proto__.polluted} \${inner.__proto__.polluted} \${json.__proto__.polluted} \${imports.__proto__.fromImport}
  absent: \${inner.hasOwnProperty}
  open: {fn::open::test: {__proto__: {polluted: 1}}}
`

  it('are plain data', async () => {
    const loader = textLoader(JSON.parse('{"__proto__": "values: {fromImport: 2}"}'))
    const result = await open(definition, { loader, providers: TEST_PROVIDERS })
    expect(findings(result)).toEqual(['error access: unknown property "hasOwnProperty"'])
    expect(valuesOf(result).read).toBe('1 1 1 2')
    expect(JSON.stringify(valuesOf(result).open)).toBe('{"__proto__":{"polluted":1}}')
    expect('polluted' in {}).toBe(false)
    expect(Object.getPrototypeOf(valuesOf(result))).toBe(Object.prototype)
  })

  it('twin: they can be read back', async () => {
    const result = await open('values: {toString: text, read: "${toString}"}')
    expect(valuesOf(result)).toEqual({ toString: 'text', read: 'text' })
  })
})

describe('E07 taint', () => {
  const CANARY = 'c4n4ry'
  const definition = `
imports: [plain]
values:
  s: {fn::secret: ${CANARY}}
  interpolated: <\${s}>
  joined: {fn::join: [",", [a, "\${s}"]]}
  split: {fn::split: ["4", "\${s}"]}
  element: \${split[0]}n4ry
  elementAlone: \${split[1]}
  concat: {fn::concat: [["\${s}"]]}
  fromConcat: \${concat[0]}
  json: {fn::toJSON: {k: "\${s}"}}
  back: {fn::fromJSON: "\${json}"}
  fromBack: \${back.k}
  base64: {fn::toBase64: "\${s}"}
  unbase64: {fn::fromBase64: "\${base64}"}
  text: {fn::toString: ["\${s}"]}
  list: ["\${s}"]
  index: \${list[0]}
  over: \${s}
  final: {fn::final: {k: "\${s}"}}
  validated: {fn::validate: {schema: {const: other}, value: "\${s}"}}
  bySecret: {fn::validate: {schema: {const: "\${s}"}, value: other}}
  byEnum: {fn::validate: {schema: {enum: ["\${s}", "\${s}"]}, value: other}}
  byPattern: {fn::validate: {schema: {pattern: "\${s}"}, value: other}}
  opened: {fn::open::test: {k: "\${s}"}}
  fromOpened: \${opened.k}
  rotated: {fn::rotate::swap: {inputs: {}, state: {a: {fn::secret: ${CANARY}}, b: {fn::secret: ${CANARY}}}}}
  fromRotated: \${rotated.a}
`
  const loader = () => textLoader({ plain: 'values: {over: not secret}' })

  it('is never lost', async () => {
    const rest = options(definition, { loader: loader(), providers: TEST_PROVIDERS })
    for (const result of [await openDefinition(rest), await rotateDefinition(rest)]) {
      const shown = stringifyJson(valuesOf(result, 'redact'))
      const base64 = Buffer.from(CANARY).toString('base64')
      for (const form of [CANARY, base64, 'n4ry', 'c4n']) expect(shown).not.toContain(form)
      expect(stringifyJson(result.diagnostics)).not.toContain(CANARY)
      expect(valuesOf(result, 'redact').elementAlone).toBe('[secret]')
      expect(valuesOf(result).fromRotated).toBe(CANARY)
    }
  })

  it('twin: what is not secret shows', async () => {
    const plain = definition.replaceAll(/\{fn::secret: (\w+)\}/g, '$1')
    const result = await open(plain, { loader: loader(), providers: TEST_PROVIDERS })
    expect(stringifyJson(valuesOf(result, 'redact'))).not.toContain('[secret]')
    expect(stringifyJson(result.diagnostics)).toContain(CANARY)
  })
})

describe('E08 reading secrets by checking', () => {
  it('gives no oracle', async () => {
    const attack = (guess: string) => `
imports: [victim]
values:
  equal: {fn::validate: {schema: {const: ${guess}}, value: "\${token}"}}
  oneOf: {fn::validate: {schema: {enum: [${guess}]}, value: "\${token}"}}
  length: {fn::validate: {schema: {type: string, maxLength: 3}, value: "\${token}"}}
  pattern: {fn::validate: {schema: {type: string, pattern: "^${guess.charAt(0)}"}, value: "\${token}"}}
  json: {fn::fromJSON: "\${token}"}
  base64: {fn::fromBase64: "\${token}"}
  key: \${token.hunter}
  index: {fn::toJSON: "\${token}"}
`
    const loader = textLoader(
      { victim: `values:\n  token: {fn::secret: {ciphertext: ${await seal('hunter2')}}}` },
      { decrypter: ROT128 },
    )
    const outcomes = ['hunter2', 'zzzzzzz'].map(async (guess) => {
      const result = await checkDefinition(options(attack(guess), { loader }))
      return stringifyJson([findings(result), valuesOf(result)])
    })
    const [right, wrong] = await Promise.all(outcomes)
    expect(right).toBe(wrong)
  })

  it('twin: opening tells right from wrong', async () => {
    const definition =
      'values: {t: {fn::secret: abc}, ok: {fn::validate: {schema: {const: abd}, value: "${t}"}}}'
    expect(await openCodes(definition)).toEqual(['type'])
  })
})

describe('E09 checking has no effects', () => {
  const definition = async () => `
values:
  sealed: {fn::secret: {ciphertext: ${await seal('hunter2')}}}
  opened: {fn::open::any: {a: 1}}
  uses: \${sealed} \${opened.a}
`
  const recorder = () => {
    const providers = recordingProviders({ any: (inputs) => inputs })
    let decrypted = 0
    const decrypter: Decrypter = {
      decrypt: (ciphertext, request) => {
        decrypted++
        return ROT128.decrypt(ciphertext, request)
      },
    }
    return { providers, decrypter, effects: () => providers.called.length + decrypted }
  }

  it('neither opens nor decrypts', async () => {
    const { providers, decrypter, effects } = recorder()
    const result = await checkDefinition(options(await definition(), { providers, decrypter }))
    expect(valuesOf(result)).toEqual({ sealed: '[unknown]', opened: '[unknown]', uses: '[unknown]' })
    expect(effects()).toBe(0)
  })

  it('twin: opening does both', async () => {
    const { providers, decrypter, effects } = recorder()
    const result = await open(await definition(), { providers, decrypter })
    expect(valuesOf(result).uses).toBe('hunter2 1')
    expect(effects()).toBe(2)
  })
})

describe('E10 transplanted ciphertexts', () => {
  it('are opened by the keys of the environment they are in, and fail there', async () => {
    const refusing: Decrypter = { decrypt: () => Promise.reject(new Error('cannot be decrypted here')) }
    const definition = `values: {stolen: {fn::secret: {ciphertext: ${await seal('hunter2')}}}}`
    const result = await open(definition, { decrypter: refusing })
    expect(findings(result)).toEqual(['error decrypt: decrypting: cannot be decrypted here'])
    expect(valuesOf(result)).toEqual({ stolen: '[unknown]' })
    const loader = textLoader({ owner: definition }, { decrypter: refusing })
    expect(await openCodes('imports: [owner]', { loader, decrypter: ROT128 })).toEqual(['decrypt'])
  })

  it('twin: at home they open', async () => {
    const definition = `values: {own: {fn::secret: {ciphertext: ${await seal('hunter2')}}}}`
    const loader = textLoader({ owner: definition }, { decrypter: ROT128 })
    expect(valuesOf(await open('imports: [owner]', { loader }))).toEqual({ own: 'hunter2' })
  })
})

describe('E11 malleable envelopes', () => {
  it('are refused whichever byte is changed', async () => {
    const bytes = Buffer.from(await seal('hunter2'), 'base64')
    for (const [index, byte] of bytes.entries()) {
      for (const bit of [1, 128]) {
        const changed = Buffer.from(bytes)
        changed[index] = byte ^ bit
        expect(decodeEnvelope(changed.toString('base64')).ok).toBe(false)
      }
    }
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeEnvelope(bytes.subarray(0, length).toString('base64')).ok).toBe(false)
    }
  })

  it('twin: the unchanged envelope opens', async () => {
    expect(decodeEnvelope(await seal('hunter2')).ok).toBe(true)
  })
})

describe('E12 regular expressions', () => {
  it('cannot backtrack', async () => {
    const started = performance.now()
    const subject = `${'a'.repeat(2_000)}!`
    const definition = `values: {v: {fn::validate: {schema: {pattern: "^(a+)+$"}, value: ${subject}}}}`
    expect(await openCodes(definition)).toEqual(['type'])
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('refuses what cannot be matched in linear time', async () => {
    const definition = 'values: {v: {fn::validate: {schema: {pattern: "(a)\\\\1"}, value: aa}}}'
    expect(await openCodes(definition)).toContain('schema')
  })

  it('twin: a pattern accepts what it should', async () => {
    expect(
      await openCodes('values: {v: {fn::validate: {schema: {pattern: "^(a+)+$"}, value: aaa}}}'),
    ).toEqual([])
  })
})

describe('E13 numbers, dates and other scalars', () => {
  it.each([
    ['1e400', '1e400'],
    ['0x', '0x'],
    ['-0', 0],
    ['yes', 'yes'],
    ['on', 'on'],
    ['2026-11-23', '2026-11-23'],
    ['!!binary aGk=', 'aGk='],
    ['!!js/function x', 'x'],
    ['12:30:45', '12:30:45'],
  ])('%s is specified', async (text, value) => {
    expect(valuesOf(await open(`values:\n  v: ${text}\n`)).v).toEqual(value)
  })

  it('refuses keys that are not strings and repeated ones, reads the first document only', async () => {
    expect(await openCodes('values: {1: a}')).toEqual(['yaml'])
    expect(await openCodes('values: {a: 1, a: 2}')).toEqual(['duplicate-key'])
    expect(valuesOf(await open('values: {a: 1}\n---\nvalues: {a: 2}\n'))).toEqual({ a: 1 })
  })

  it('refuses infinities and NaN, which no JSON can hold', async () => {
    for (const text of ['.inf', '-.Inf', '.nan', '!!float .NaN']) {
      expect(await openCodes(`values: {a: ${text}}`)).toEqual(['yaml'])
    }
  })

  it('twin: exact numbers stay exact', async () => {
    const result = await open('values: {a: 18446744073709551615, j: {fn::toJSON: "${a}"}}')
    expect(valuesOf(result).j).toBe('18446744073709551615')
  })
})

describe('E14 confusable text', () => {
  it('refuses raw controls and surrogates', async () => {
    expect(await openCodes('values: {a: "x\u0000y"}')).toEqual(['yaml'])
    expect(await openCodes('values: {a: "x\ud800y"}')).toEqual(['yaml'])
    expect(await openCodes('values: {a: "\\ud800"}')).toEqual(['yaml'])
  })

  it('takes look-alikes as different keys', async () => {
    const result = await open('values: {admin: 1, аdmin: 2, read: "${аdmin}"}')
    expect(valuesOf(result).read).toBe(2)
  })

  it('twin: other scripts are text like any other', async () => {
    expect(valuesOf(await open('values: {名前: "‮rtl", "a b": "\\0"}'))).toEqual({ 名前: '‮rtl', 'a b': '\0' })
  })
})

describe('E15 findings in imports', () => {
  const hidden = 'values:\n  internal-only-name: ${nope}\n  note: do not show this line\n'

  it('name the place and the problem, not the source', async () => {
    const loader = textLoader({ theirs: hidden })
    const result = await open('imports: [theirs]', { loader })
    const shown = stringifyJson(result.diagnostics)
    expect(shown).not.toContain('do not show this line')
    expect(result.diagnostics).toMatchObject([{ range: { environment: 'theirs' } }])
  })

  it('twin: the finding can be located by those who may read', async () => {
    const result = await open('imports: [theirs]', { loader: textLoader({ theirs: hidden }) })
    expect(result.diagnostics[0]?.range?.begin.line).toBe(2)
  })
})
