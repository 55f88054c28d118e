import { LATER } from './later'
import { PICTOGRAPHS } from './pictographs'
import { inRanges } from './ranges'

/** How a character takes part in clusters (Unicode Standard Annex 29). */
export type Break =
  | 'other'
  | 'cr'
  | 'lf'
  | 'control'
  | 'extend'
  | 'joiner'
  | 'regional'
  | 'prepend'
  | 'spacing'
  | 'leading'
  | 'vowel'
  | 'trailing'
  | 'leading-vowel'
  | 'syllable'
  | 'pictographic'

const PREPEND =
  /^[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u{110bd}\u{110cd}\u{111c2}\u{111c3}\u{1193f}\u{11941}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]/u
/** Marks that engines with a newer Unicode take for extending ones. */
const STILL_SPACING =
  /^[\u0cc0\u0cc7\u0cc8\u0cca\u0ccb\u1715\u1734\u1b3b\u1b3d\u1b43\u1b44\u1baa\u1bf2\u1bf3\ua953\ua9c0\u{111c0}\u{11235}\u{1134d}\u{116b6}\u{1193d}\u{11f41}\u{16ff0}\u{16ff1}\u{1d166}\u{1d16d}]/u
const EXTEND = /^[\p{Grapheme_Extend}\p{Emoji_Modifier}\u{1171e}]/u
const CONTROL =
  /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u2065\ufff0-\ufff8\u{e0000}\u{e0002}-\u{e001f}\u{e0080}-\u{e00ff}\u{e01f0}-\u{e0fff}]/u
const NOT_SPACING =
  /^[\u102b\u102c\u1038\u1062-\u1064\u1067-\u106d\u1083\u1087-\u108c\u108f\u109a-\u109c\u1a61\u1a63\u1a64\uaa7b\uaa7d\u{11720}\u{11721}]/u
const SPACING = /^[\p{Mc}\u0e33\u0eb3]/u
const REGIONAL = /^\p{Regional_Indicator}/u

/** The class of a character in Unicode 15.0, whatever version the engine has: positions must not depend on it. */
export function breakOf(character: string): Break {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x20 && code < 0x7f) return 'other'
  if (code === 0x0d) return 'cr'
  if (code === 0x0a) return 'lf'
  if (code === 0x200d) return 'joiner'
  if (inRanges(PICTOGRAPHS, code)) return 'pictographic'
  if (inRanges(LATER, code)) return 'other'
  if (PREPEND.test(character)) return 'prepend'
  if (STILL_SPACING.test(character)) return 'spacing'
  if (EXTEND.test(character)) return 'extend'
  if (CONTROL.test(character)) return 'control'
  if (REGIONAL.test(character)) return 'regional'
  if (SPACING.test(character)) return NOT_SPACING.test(character) ? 'other' : 'spacing'
  return hangul(code)
}

function hangul(code: number): Break {
  if (code >= 0xac00 && code <= 0xd7a3) return (code - 0xac00) % 28 === 0 ? 'leading-vowel' : 'syllable'
  if ((code >= 0x1100 && code <= 0x115f) || (code >= 0xa960 && code <= 0xa97c)) return 'leading'
  if ((code >= 0x1160 && code <= 0x11a7) || (code >= 0xd7b0 && code <= 0xd7c6)) return 'vowel'
  return (code >= 0x11a8 && code <= 0x11ff) || (code >= 0xd7cb && code <= 0xd7fb) ? 'trailing' : 'other'
}

const CONTROLS: ReadonlySet<Break> = new Set(['cr', 'lf', 'control'])

/** What may follow a part of a Hangul syllable. */
const SYLLABLES: { readonly [part in Break]?: readonly Break[] } = {
  leading: ['leading', 'vowel', 'leading-vowel', 'syllable'],
  'leading-vowel': ['vowel', 'trailing'],
  vowel: ['vowel', 'trailing'],
  syllable: ['trailing'],
  trailing: ['trailing'],
}

/** The extended grapheme clusters of a text, by the rules of Unicode 15.0. */
export function* clusters(text: string): Generator<string> {
  let cluster = ''
  const before: Break[] = []
  for (const character of text) {
    const next = breakOf(character)
    if (cluster !== '' && isBoundary(before, next)) {
      yield cluster
      cluster = ''
      before.length = 0
    }
    cluster += character
    before.push(next)
  }
  if (cluster !== '') yield cluster
}

/** @param cluster the classes of the cluster so far */
function isBoundary(cluster: readonly Break[], next: Break): boolean {
  const last = cluster.at(-1) ?? 'other'
  if (last === 'cr' && next === 'lf') return false
  if (CONTROLS.has(last) || CONTROLS.has(next)) return true
  if (next === 'extend' || next === 'joiner' || next === 'spacing' || last === 'prepend') return false
  if (next === 'pictographic') return !joinsPictographs(cluster)
  if (next === 'regional') return last !== 'regional' || countTrailing(cluster, 'regional') % 2 === 0
  return !SYLLABLES[last]?.includes(next)
}

/** Whether a pictograph, marks and a joiner end the cluster. */
function joinsPictographs(cluster: readonly Break[]): boolean {
  if (cluster.at(-1) !== 'joiner') return false
  const base = cluster.findLast((part, index) => index < cluster.length - 1 && part !== 'extend')
  return base === 'pictographic'
}

function countTrailing(cluster: readonly Break[], part: Break): number {
  return cluster.length - 1 - cluster.findLastIndex((other) => other !== part)
}
