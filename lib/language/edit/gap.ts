import type { Span } from './source'

/** What can stand between two nodes of a YAML text, besides white space. */
export interface GapToken {
  readonly type: 'comment' | 'anchor' | 'tag' | 'dash' | 'question' | 'colon' | 'comma'
  readonly span: Span
}

/** By their first character. */
const patterns: ReadonlyMap<string, readonly [GapToken['type'], RegExp]> = new Map([
  ['#', ['comment', /#[^\r\n]*/y]],
  ['&', ['anchor', /&[^\s,[\]{}]+/y]],
  ['!', ['tag', /!(?:<[^>]*>|[^\s,[\]{}]*)/y]],
  ['-', ['dash', /-/y]],
  ['?', ['question', /\?/y]],
  [':', ['colon', /:/y]],
  [',', ['comma', /,/y]],
])

/** Reads tokens from `start` on, until `end` or the first character that is none of them. */
export function readGap(text: string, [start, end]: Span): GapToken[] {
  const tokens: GapToken[] = []
  for (let at = start; at < end; ) {
    const token = /\s|\ufeff/.test(text[at] ?? '') ? undefined : tokenAt(text, at)
    if (token === 'none') break
    if (token !== undefined) tokens.push(token)
    at = token?.span[1] ?? at + 1
  }
  return tokens
}

function tokenAt(text: string, at: number): GapToken | 'none' {
  const found = patterns.get(text[at] ?? '')
  if (found === undefined) return 'none'
  const [type, pattern] = found
  pattern.lastIndex = at
  return pattern.test(text) ? { type, span: [at, pattern.lastIndex] } : 'none'
}
