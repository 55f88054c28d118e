import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignmentName, shellQuote } from './shell-quote'

describe('C04: values for a shell', () => {
  it.each([
    ['plain', '"plain"'],
    ['a "b" \\c', '"a \\"b\\" \\\\c"'],
    ['$HOME', "'$HOME'"],
    ["it's `x`", "'it'\\''s `x`'"],
    ['wow!', "'wow!'"],
    ['a\nb', "'a\nb'"],
  ])('writes %j as %s', (value, quoted) => {
    expect(shellQuote(value)).toBe(quoted)
  })

  it.each(['sh', 'bash'])('come back from %s unchanged', (shell) => {
    const characters = fc.constantFrom(...'ab $`!"\'\\\n\t;&|<>(){}[]*?~#%=é😀\r')
    const values = fc.array(fc.string({ unit: characters, maxLength: 12 }), { minLength: 20, maxLength: 20 })
    fc.assert(
      fc.property(values, (list) => {
        const script = list.map((value, index) => `export V${index}=${shellQuote(value)}\n`).join('')
        const print = list.map((_, index) => `printf '%s\\0' "$V${index}"`).join('\n')
        const output = execFileSync(shell, ['-c', `${script}${print}`]).toString()
        expect(output.split('\0').slice(0, -1)).toEqual(list)
      }),
      { numRuns: 20 },
    )
  })

  it.each(['', 'a b', 'a;reboot', 'a=b', 'a\nb', '$(x)', '1a', 'a-b'])('refuse the name %j', (name) => {
    expect(() => assignmentName(name, 'shell')).toThrow(expect.objectContaining({ code: 'DEFINITION' }))
  })
})
