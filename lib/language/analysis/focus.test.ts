import { describe, expect, it } from 'vitest'
import { focusOn } from './focus'
import { createLanguageService } from './service'

/** A definition of more than 100 KB that is broken where somebody types. */
function broken(typed: string): { text: string; offset: number } {
  const section = (name: string) =>
    `  ${name}:\n${Array.from({ length: 300 }, (_, at) => `    key${at}: a value that takes some room\n`).join('')}`
  const before = ['a', 'b', 'c', 'd'].map(section).join('')
  const after = ['w', 'x', 'y', 'z'].map(section).join('')
  const head = `imports:\n  - app/base\nvalues:\n${before}  here:\n    ${typed}`
  return { text: `${head}\n${after}broken: [`, offset: head.length }
}

describe('a long text seen from one place', () => {
  const { text, offset } = broken('x: ')
  const focused = focusOn(text, offset)

  it('keeps its length and lines, and is bounded', () => {
    expect(focused).toHaveLength(text.length)
    expect(focused.split('\n').map((line) => line.length)).toEqual(
      text.split('\n').map((line) => line.length),
    )
    expect(focused.replaceAll(/\s/g, '').length).toBeLessThan(60_000)
  })

  it('keeps what the place stands under, what is near, and the imports', () => {
    for (const line of ['imports:', '  - app/base', 'values:', '  here:', '  w:']) {
      expect(focused.split('\n')).toContain(line)
    }
    expect(focused.split('\n')).not.toContain('  a:')
    expect(focused.slice(offset - 3, offset)).toBe('x: ')
  })

  it('of nothing is nothing', () => {
    expect(focusOn('', 0)).toBe('')
    expect(focusOn('a', 99)).toBe('a')
  })
})

describe('completion in a broken text of more than 60 KB', () => {
  const service = createLanguageService({
    environments: [{ name: 'app/base' }],
    providers: [
      {
        name: 'aws-login',
        kind: 'provider',
        inputs: { type: 'object', properties: { oidc: { type: 'object' } } },
        outputs: true,
      },
    ],
  })
  const labels = (typed: string) => {
    const { text, offset } = broken(typed)
    expect(text.length).toBeGreaterThan(80_000)
    return service.complete(text, offset).map(({ label }) => label)
  }

  it('offers functions, inputs and references', () => {
    expect(labels('fn::open::')).toContain('fn::open::aws-login')
    expect(labels('fn::open::aws-login:\n      ')).toContain('oidc')
    expect(labels('x: ${')).toEqual(expect.arrayContaining(['d', 'here', 'imports', 'w']))
    expect(labels('x: ${imports.')).toEqual(['app/base'])
  })
})
