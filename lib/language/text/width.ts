import { type Break, breakOf, clusters } from './graphemes'
import { LATER } from './later'
import { inRanges } from './ranges'
import { WIDE } from './wide'

const PRESENTED = /^\p{Emoji_Presentation}/u
const ASCII = /^[\x20-\x7e]*$/
const ZERO: ReadonlySet<Break> = new Set(['cr', 'lf', 'control', 'extend', 'joiner'])

export { clusters }

/** Columns that a text takes in a monospaced font (spec §4). */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const cluster of clusters(text)) width += clusterWidth(cluster)
  return width
}

export function clusterWidth(cluster: string): number {
  const [first = '', ...rest] = cluster
  const kind = breakOf(first)
  let width = characterWidth(first, kind)
  if (kind === 'pictographic') {
    for (const follower of rest) {
      if (follower === '\ufe0e') width = 1
      else if (follower === '\ufe0f') width = 2
    }
    return width
  }
  if (kind === 'regional' || kind === 'leading') return width
  for (const follower of rest) width += characterWidth(follower, breakOf(follower))
  return width
}

function characterWidth(character: string, kind: Break): number {
  const code = character.codePointAt(0) ?? 0
  if (ZERO.has(kind)) return 0
  if (kind === 'regional') return 2
  if (kind === 'pictographic') return PRESENTED.test(character) && !inRanges(LATER, code) ? 2 : 1
  if (character === '\u2e3a') return 3
  if (character === '\u2e3b') return 4
  return inRanges(WIDE, code) ? 2 : 1
}
