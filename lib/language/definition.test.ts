import { describe, expect, it } from 'vitest'
import { parseDefinition } from './definition'

describe('parts of a definition that are not what they must be', () => {
  it.each(['5', '${a}', '"a ${b}"', '{fn::toJSON: 1}'])('description: %s counts as empty', (description) => {
    const { definition, diagnostics } = parseDefinition(`description: ${description}\nvalues: {}\n`, {
      environment: 'env',
    })
    expect(definition?.description?.value).toBe('')
    expect(diagnostics.map(({ summary }) => summary)).toEqual(['description must be a string'])
  })

  it('options of an import count as none', () => {
    const { definition } = parseDefinition('imports: [{a: 1}, {b: {merge: 1}}]\n', { environment: 'env' })
    expect(definition?.imports?.elements?.map(({ options }) => options?.merge?.value)).toEqual([
      undefined,
      false,
    ])
    expect(definition?.imports?.elements?.[0]?.options).toEqual({ merge: undefined })
  })
})
