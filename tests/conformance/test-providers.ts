import {
  Annotated,
  type Decrypter,
  type Encrypter,
  type ExternalValue,
  type Provider,
  type ProviderRegistry,
  type Rotator,
  record,
  type Schema,
  type SchemaRecord,
  schema,
  tuple,
} from '@/lib/language'

/** The providers, rotators and the crypter that the data's README describes. */

const S: SchemaRecord = {
  type: 'object',
  $defs: { defRecord: record({ baz: schema.string({ const: 'qux' }) }) },
  properties: {
    null: schema.null(),
    boolean: schema.boolean(),
    false: schema.boolean({ const: false }),
    true: schema.boolean({ const: true }),
    number: schema.number(),
    pi: schema.number({ const: 3.14 }),
    string: schema.string(),
    hello: schema.string({ const: 'hello' }),
    array: schema.array(true),
    tuple: tuple([schema.string({ const: 'hello' }), schema.string({ const: 'world' })]),
    map: schema.map(true),
    record: record({ foo: schema.string() }),
    anyOf: schema.anyOf([schema.string(), schema.number()]),
    oneOf: schema.oneOf([schema.string(), schema.number()]),
    ref: { $ref: '#/$defs/defRecord' },
    'const-array': { type: 'array', const: ['hello', 42] },
    'const-object': { type: 'object', const: { hello: 'world' } },
    enum: schema.string({ enum: ['foo', 'bar'] }),
    never: false,
    always: true,
    double: tuple([schema.string(), schema.number()]),
    triple: tuple([schema.string(), schema.number(), schema.boolean()]),
    dependentReq: {
      type: 'object',
      properties: { foo: schema.string(), bar: schema.number() },
      dependentRequired: { foo: ['bar'] },
    },
    multiple: schema.number({ multipleOf: 2 }),
    minimum: schema.number({ minimum: 1 }),
    exclusiveMinimum: schema.number({ exclusiveMinimum: 1 }),
    maximum: schema.number({ maximum: 1 }),
    exclusiveMaximum: schema.number({ exclusiveMaximum: 1 }),
    minLength: schema.string({ minLength: 1 }),
    maxLength: schema.string({ maxLength: 1 }),
    pattern: schema.string({ pattern: '^foo[0-9]+$' }),
    minItems: { type: 'array', minItems: 3 },
    maxItems: { type: 'array', maxItems: 2 },
    minProperties: { type: 'object', minProperties: 1 },
    maxProperties: { type: 'object', maxProperties: 1 },
  },
}

function echo(name: string, accept: Schema): Provider {
  return {
    name,
    schema: () => ({ inputs: accept, outputs: accept }),
    open: (_inputs, { annotatedInputs }) => ({ output: annotatedInputs }),
  }
}

function provider(name: string, inputs: Schema, open: Provider['open']): Provider {
  return { name, schema: () => ({ inputs, outputs: true }), open }
}

const PROVIDERS: readonly Provider[] = [
  echo('test', true),
  provider('error', record({ why: schema.string() }), ({ why }) => {
    throw new Error(String(why))
  }),
  provider('secret-wrapper', true, (_inputs, { annotatedInputs }) => ({
    output: new Annotated(annotatedInputs.value, { secret: true }),
  })),
  provider('bench', true, () => ({ output: '0s' })),
  echo('schema', S),
]

const PAIR = record({ a: schema.string(), b: schema.string() })
const ECHO_STATE = schema.object(
  { current: schema.string(), previous: schema.string() },
  { optional: ['previous'] },
)

function member(value: ExternalValue, name: string): ExternalValue {
  const plain = value instanceof Annotated ? value.value : value
  const properties = typeof plain === 'object' && plain !== null ? Object.entries(plain) : []
  return properties.find(([key]) => key === name)?.[1]
}

const swap: Rotator = {
  name: 'swap',
  schema: () => ({ inputs: true, state: PAIR, outputs: PAIR }),
  open: (_inputs, _state, { annotatedState }) => ({ output: annotatedState ?? {} }),
  rotate: (_inputs, _state, { annotatedState }) => ({
    a: member(annotatedState, 'b'),
    b: member(annotatedState, 'a'),
  }),
}

function isUnknown(value: ExternalValue): boolean {
  return value instanceof Annotated && value.unknown
}

const echoRotator: Rotator = {
  name: 'echo',
  schema: () => ({
    inputs: { ...record({ next: schema.string() }), rotateOnly: ['next'] },
    state: ECHO_STATE,
    outputs: ECHO_STATE,
  }),
  open: ({ next }, _state, { annotatedState, annotatedInputs }) => {
    const current = member(annotatedState, 'current')
    const plain = current instanceof Annotated ? current.value : current
    if (!isUnknown(member(annotatedInputs, 'next')) && next !== plain) {
      throw new Error('oh no! inputs were evaluated outside of rotation')
    }
    return { output: annotatedState ?? {} }
  },
  rotate: (_inputs, _state, { annotatedState, annotatedInputs }) => {
    const next = member(annotatedInputs, 'next')
    if (isUnknown(next)) throw new Error('oh no! rotateOnly inputs were not evaluated during rotation')
    return { current: next, previous: member(annotatedState, 'current') ?? null }
  },
}

const ROTATORS: readonly Rotator[] = [swap, echoRotator]

export const TEST_PROVIDERS: ProviderRegistry = {
  provider: (name) => PROVIDERS.find((candidate) => candidate.name === name),
  rotator: (name) => ROTATORS.find((candidate) => candidate.name === name),
}

function rot128(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => byte + 128)
}

/** Adds 128 to every byte, which is its own inverse. */
export const ROT128: Decrypter & Encrypter = {
  decrypt: (ciphertext) => new TextDecoder().decode(rot128(ciphertext)),
  encrypt: (plaintext) => rot128(new TextEncoder().encode(plaintext)),
}
