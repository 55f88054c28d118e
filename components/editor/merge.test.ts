import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conflictsIn, mergedText, mergeTexts } from './merge'

const base = 'values:\n  # names\n  a: 1\n  b: 2\n  c: 3\n  d: 4\n'

describe('two edits of one text', () => {
  it('that do not touch are both kept, layout and comments included', () => {
    const parts = mergeTexts({
      base,
      mine: base.replace('a: 1', 'a: "one" # mine'),
      theirs: `${base.replace('c: 3', 'c: three')}  e: 5\n`,
    })
    expect(conflictsIn(parts)).toEqual([])
    expect(mergedText(parts)).toBe(
      'values:\n  # names\n  a: "one" # mine\n  b: 2\n  c: three\n  d: 4\n  e: 5\n',
    )
  })

  it('that are the same are no conflict', () => {
    const both = base.replace('a: 1', 'a: 2')
    expect(mergedText(mergeTexts({ base, mine: `${both}  mine: 1\n`, theirs: both }))).toBe(
      `${both}  mine: 1\n`,
    )
  })

  it('of one line, or of neighbours, are a conflict that only a person decides', () => {
    for (const theirLine of ['a: 1', 'b: 2']) {
      const parts = mergeTexts({
        base,
        mine: base.replace('a: 1', 'a: mine'),
        theirs: base.replace(theirLine, `${theirLine}0`),
      })
      expect(conflictsIn(parts)).toHaveLength(1)
      expect(mergedText(parts)).toBeUndefined()
      expect(mergedText(parts, ['mine'])).toContain('a: mine\n')
      expect(mergedText(parts, ['theirs'])).toContain(`${theirLine}0\n`)
      expect(mergedText(parts, ['both'])?.split('\n')).toEqual(
        expect.arrayContaining(['  a: mine', `  ${theirLine}0`]),
      )
    }
  })

  it('a last line without an end is not continued by the next', () => {
    const parts = mergeTexts({ base: 'a: 1\n', mine: 'a: mine', theirs: 'a: theirs' })
    expect(mergedText(parts, ['both'])).toBe('a: theirs\na: mine')
  })

  it('starting from nothing are a conflict', () => {
    expect(conflictsIn(mergeTexts({ base: '', mine: 'a\n', theirs: 'b\n' }))).toHaveLength(1)
  })
})

describe('whatever the texts', () => {
  const line = fc.constantFrom('a', 'b', 'c', '', 'constructor', '__proto__', '# note', '  deep: 1')
  const text = fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
    .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''))

  it('each side can be had back, and one side alone is taken as it is', () => {
    fc.assert(
      fc.property(text, text, text, (start, mine, theirs) => {
        expect(mergedText(mergeTexts({ base: start, mine, theirs: start }))).toBe(mine)
        expect(mergedText(mergeTexts({ base: start, mine: start, theirs }))).toBe(theirs)
      }),
    )
  })

  it('no line that somebody wrote is lost', () => {
    fc.assert(
      fc.property(text, text, text, (start, mine, theirs) => {
        const parts = mergeTexts({ base: start, mine, theirs })
        const kept = parts.map((part) =>
          part.kind === 'agreed' ? part.text : `${part.mine}\n${part.theirs}`,
        )
        const lines = new Set(kept.join('\n').split('\n'))
        const before = new Set(start.split('\n'))
        for (const written of [...mine.split('\n'), ...theirs.split('\n')]) {
          if (!before.has(written)) expect(lines).toContain(written)
        }
      }),
    )
  })
})
