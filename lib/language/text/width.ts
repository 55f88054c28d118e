import { WIDE } from './wide'

const CONTROL = /^[\p{Cc}\p{Zl}\p{Zp}]|^(?!\u200c|\u200d|[\u0600-\u0605]|\u06dd|\u070f|\u08e2)\p{Cf}/u
const EXTEND = /^[\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d]/u
const PICTOGRAPHIC = /^\p{Extended_Pictographic}/u
const PRESENTED = /^\p{Emoji_Presentation}/u
const REGIONAL = /^\p{Regional_Indicator}/u
const ASCII = /^[\x20-\x7e]*$/

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The extended grapheme clusters of a text. */
export function* clusters(text: string): Generator<string> {
  for (const { segment } of segmenter.segment(text)) yield segment
}

/** Columns that a text takes in a monospaced font (spec §4). */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const cluster of clusters(text)) width += clusterWidth(cluster)
  return width
}

export function clusterWidth(cluster: string): number {
  const [first = '', ...rest] = cluster
  let width = characterWidth(first)
  if (PICTOGRAPHIC.test(first)) {
    for (const follower of rest) {
      if (follower === '\ufe0e') width = 1
      else if (follower === '\ufe0f') width = 2
    }
    return width
  }
  if (REGIONAL.test(first) || isHangulLeading(first)) return width
  for (const follower of rest) width += characterWidth(follower)
  return width
}

function isHangulLeading(character: string): boolean {
  return (character >= '\u1100' && character <= '\u115f') || (character >= '\ua960' && character <= '\ua97c')
}

function characterWidth(character: string): number {
  if (CONTROL.test(character) || EXTEND.test(character)) return 0
  if (REGIONAL.test(character)) return 2
  if (PICTOGRAPHIC.test(character)) return PRESENTED.test(character) ? 2 : 1
  if (character === '\u2e3a') return 3
  if (character === '\u2e3b') return 4
  return isWide(character.codePointAt(0) ?? 0) ? 2 : 1
}

function isWide(code: number): boolean {
  let low = 0
  let high = WIDE.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [from, to] = WIDE[middle] ?? [0, 0]
    if (code < from) high = middle - 1
    else if (code > to) low = middle + 1
    else return true
  }
  return false
}
