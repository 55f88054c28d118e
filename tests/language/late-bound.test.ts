import { describe, expect, it } from 'vitest'
import { checkDefinition, type ExportedValue } from '@/lib/language'
import { options, textLoader } from './support'

/** The environments and texts through which a value was laid over others, the uppermost first. */
function layers(value: ExportedValue | undefined): unknown[] {
  if (value === undefined) return []
  const { trace, unknown } = value
  return [`${trace.def.environment}${unknown ? ' unknown' : ''}`, ...layers(trace.base)]
}

describe('what an unknown base may have', () => {
  it('is asked of each copy of the base anew', async () => {
    const loader = textLoader({ a: 'values: {v: "${none}"}\n', b: 'imports: [a]\nvalues: {v: {x: 1}}\n' })
    const definition = 'imports: [a, b]\nvalues: {v: true, r: "${v}"}\n'
    const { environment } = await checkDefinition(options(definition, { loader }))
    const below = environment?.properties?.v?.trace.base?.value
    const x = typeof below === 'object' && 'x' in below ? below.x : undefined
    expect(layers(x)).toEqual(['b', 'b unknown', 'b unknown', 'b unknown'])
  })
})

describe('calls that are not evaluated', () => {
  it('show what their arguments consist of', async () => {
    const definition =
      'imports: [a]\nvalues:\n  v: {fn::rotate::r: {inputs: {}}}\n  w: {fn::open: {provider: p, inputs: {}}}\n'
    const loader = textLoader({ a: 'values: {v: {fn::final: 1}, w: {fn::final: 2}}\n' })
    const { environment } = await checkDefinition(options(definition, { loader }))
    const schemas = ['v', 'w'].map((name) => environment?.exprs?.[name]?.builtin?.argSchema)
    expect(schemas).toMatchObject([
      { properties: { inputs: true, state: true } },
      { properties: { inputs: true, provider: { type: 'string' } } },
    ])
  })
})
