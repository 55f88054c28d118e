import fc from 'fast-check'

/** Inputs for the properties: arbitrary bytes, arbitrary YAML, definitions that mean something, mutations of them. */

const NAMES = ['a', 'b', 'c', 'd', 'x-y', '__proto__', 'environmentVariables', 'imports', 'values']
const name = fc.constantFrom(...NAMES)

const path = fc
  .array(fc.oneof(name, fc.nat(3).map(String)), { minLength: 1, maxLength: 3 })
  .map(
    ([first = 'a', ...rest]) =>
      first + rest.map((step) => (/^\d/.test(step) ? `[${step}]` : `.${step}`)).join(''),
  )

const reference = path.map((text) => `\${${text}}`)

/** A scalar in flow style, always quoted where that is needed. */
const scalar: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('null', 'true', '42', '3.5', '""', '"$$"', '0x1F', '1e3'),
  fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text)),
  reference.map((text) => JSON.stringify(text)),
  fc.tuple(reference, reference).map(([a, b]) => JSON.stringify(`<${a}-${b}>`)),
)

const FUNCTIONS = [
  'toJSON',
  'fromJSON',
  'toString',
  'toBase64',
  'fromBase64',
  'final',
  'concat',
  'join',
  'split',
]
const CALLS = [
  ...FUNCTIONS,
  'secret',
  'open',
  'open::test',
  'open::secret-wrapper',
  'rotate::swap',
  'validate',
  'nothing',
]

/** A value of the language in flow style. */
export const value: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(name, tie('value')), { maxLength: 3 })
      .map((entries) => `{${entries.map(([key, item]) => `${key}: ${item}`).join(', ')}}`),
    fc.tuple(fc.constantFrom(...CALLS), tie('value')).map(([call, argument]) => `{fn::${call}: ${argument}}`),
    fc.string({ maxLength: 6 }).map((text) => `{fn::secret: ${JSON.stringify(text)}}`),
    fc.tuple(scalar, tie('value')).map(([a, b]) => `{fn::join: [${a}, ${b}]}`),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => `{fn::validate: {schema: ${a}, value: ${b}}}`),
    tie('value').map((inputs) => `{fn::open::test: {in: ${inputs}}}`),
  ),
})).value

export interface Entries {
  readonly entries: readonly (readonly [string, string])[]
}

/** The entries of `values`, keys distinct. */
export const entries: fc.Arbitrary<Entries> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'x-y'), value), {
    selector: ([key]) => key,
    maxLength: 6,
  })
  .map((list) => ({ entries: list }))

export function write({ entries: list }: Entries): string {
  const lines = list.map(([key, text]) => `  ${key}: ${text}\n`)
  return lines.length === 0 ? 'values: {}\n' : `values:\n${lines.join('')}`
}

/** A definition, and two that it may import. */
export const family: fc.Arbitrary<{
  readonly root: string
  readonly files: { readonly [name: string]: string }
}> = fc
  .record({
    root: entries,
    one: entries,
    two: entries,
    imports: fc.subarray(['one', 'two', 'one', 'missing', 'env'], { maxLength: 3 }),
    inner: fc.subarray(['one', 'two', 'env'], { maxLength: 2 }),
  })
  .map(({ root, one, two, imports, inner }) => ({
    root: `imports: [${imports}]\n${write(root)}`,
    files: { one: write(one), two: `imports: [${inner}]\n${write(two)}` },
  }))

/** Text made of what YAML and the language find special. */
export const yamlish: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...[
        'values:',
        'imports:',
        '\n',
        '  ',
        ' ',
        '- ',
        ': ',
        '? ',
        '[',
        ']',
        '{',
        '}',
        ',',
        '"',
        "'",
        '|',
        '>',
        '|2-',
      ],
      ...[
        '#',
        '&a',
        '*a',
        '!!str',
        '!t',
        '%YAML 1.1',
        '---',
        '...',
        '\t',
        '\r\n',
        '${',
        '}',
        '$$',
        '.',
        '["',
        'fn::',
      ],
      ...[
        'fn::secret',
        'fn::open::test',
        'a',
        'b',
        '1',
        'é',
        '😀',
        '\u0085',
        '\u2028',
        '\\x',
        '\\u12',
        'null',
        '~',
      ],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''))

export const bytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 200 })

interface Mutation {
  readonly at: number
  readonly remove: number
  readonly insert: string
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(4),
  insert: fc.oneof(
    fc.constant(''),
    fc.string({ maxLength: 2 }),
    yamlish.map((text) => text.slice(0, 6)),
  ),
})

function mutate(text: string, { at, remove, insert }: Mutation): string {
  const start = Math.floor(at * text.length)
  return text.slice(0, start) + insert + text.slice(start + remove)
}

/** Real definitions with a few places changed. */
export function mutated(originals: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...originals), fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([text, mutations]) => mutations.reduce(mutate, text))
}
