import { describe, expect, it } from 'vitest'
import {
  Annotated,
  checkDefinition,
  type Json,
  openDefinition,
  type ProviderRegistry,
  rotateDefinition,
} from '@/lib/language'
import { findings, options, textLoader, valuesOf } from './support'

const asked: Json[] = []

/** A rotator that accepts any state and gives back the one it was opened with. */
const providers: ProviderRegistry = {
  provider: () => undefined,
  rotator: (name) =>
    name === 'any'
      ? {
          name,
          schema: () => ({ inputs: true, state: true, outputs: true }),
          rotate: (_inputs, _state, { annotatedState }) => new Annotated(annotatedState?.value, {}),
          open: (_inputs, state) => {
            asked.push(state)
            return { output: { state } }
          },
        }
      : undefined,
}

describe('calls of what is not there', () => {
  it('reports the missing provider and rotator, not their inputs', async () => {
    const definition = 'values:\n  a: {fn::open::none: 1}\n  b: {fn::rotate::none: {inputs: 1}}\n'
    expect(findings(await openDefinition(options(definition, { providers })))).toEqual([
      'error provider: unknown provider "none"',
      'error provider: unknown rotator "none"',
    ])
  })

  it('shows a rotation without an argument as one without state', async () => {
    const { environment } = await checkDefinition(options('values: {a: {fn::rotate: 1}}\n', { providers }))
    const { provider, inputs, state } = environment?.exprs?.a?.builtin?.arg.object ?? {}
    expect([provider, inputs, state].map((part) => part?.schema)).toEqual([true, true, true])
  })
})

describe('the state of a rotator', () => {
  it.each([
    ['{a: {b: 1}}', { a: { b: 1 } }],
    ['{fn::secret: text}', null],
    ['{fn::fromJSON: "[1]"}', null],
  ])('%s is given as %j', async (state, given) => {
    asked.length = 0
    const definition = `values:\n  r: {fn::rotate::any: {inputs: {}, state: ${state}}}\n`
    const opened = await openDefinition(options(definition, { providers }))
    expect(JSON.parse(JSON.stringify(asked))).toEqual([given])
    expect(JSON.parse(JSON.stringify(valuesOf(opened)))).toEqual({ r: { state: given } })
  })
})

describe('the patch of a rotation', () => {
  it('says where the parts of the new state came from and what they lay over', async () => {
    const definition =
      'imports: [a]\nvalues:\n  v: 1\n  r: {fn::rotate::any: {inputs: {}, state: {from: "${v}"}}}\n'
    const loader = textLoader({ a: 'values: {v: 2}\n' })
    const { rotations } = await rotateDefinition(options(definition, { providers, loader }))
    expect(rotations[0]?.patch?.replacement).toMatchObject({
      value: {
        from: {
          trace: { def: { environment: 'env' }, base: { trace: { def: { environment: 'a' } } } },
        },
      },
    })
  })
})
