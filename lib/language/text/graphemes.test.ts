import { describe, expect, it } from 'vitest'
import { clusters } from './graphemes'
import { displayWidth } from './width'

/** Code points per cluster. */
function lengths(text: string): number[] {
  return [...clusters(text)].map((cluster) => [...cluster].length)
}

describe('clusters and their widths, by Unicode 15.0 whatever the engine knows', () => {
  it.each([
    ['ASCII', 'ab', [1, 1], 2],
    ['wide', '世界', [1, 1], 4],
    ['a combining accent', 'e\u0301x', [2, 1], 2],
    ['a conjunct, which is one cluster only from 15.1 on', 'क्ष', [2, 1], 2],
    ['a sign that extends only from 16.0 on', '\u0c95\u0cc0', [2], 2],
    ['a prepended sign', '\u0600a', [2], 2],
    ['a prepended sign before a line break', '\u0600\n', [1, 1], 1],
    ['Hangul from its parts', '\u1112\u1161\u11ab\u1112', [3, 1], 4],
    ['Hangul syllables', '\uac00\u11a8\uac01\u11a8\uac00\u1161\u1100', [2, 2, 2, 1], 11],
    ['flags', '🇩🇪🇫🇷🇮', [2, 2, 1], 6],
    ['a family', '👨‍👩‍👧', [5], 2],
    ['a skin', '👍🏽', [2], 2],
    ['a joiner without pictographs', 'a\u200db', [2, 1], 2],
    ['text and emoji presentation', '❤\ufe0f❤⌚\ufe0e', [2, 1, 2], 4],
    ['a symbol that was a pictograph, with a mark', '\u260c\u0903', [2], 1],
    ['line breaks', 'a\r\nb', [1, 2, 1], 2],
    ['dashes', '⸺⸻', [1, 1], 7],
    ['what is not assigned', '\u0378\u2065', [1, 1], 1],
    ['what 15.1 assigned', '\u2ffc', [1], 1],
  ] as const)('%s', (_what, text, parts, width) => {
    expect(lengths(text)).toEqual(parts)
    expect(displayWidth(text)).toBe(width)
  })
})
