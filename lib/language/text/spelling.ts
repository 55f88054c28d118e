import { toBytes } from './utf8'

/** Byte-wise Levenshtein distance (spec §23). */
export function editDistance(a: string, b: string): number {
  const x = toBytes(a)
  const y = toBytes(b)
  let row = Array.from({ length: y.length + 1 }, (_, column) => column)
  for (const [index, byte] of x.entries()) {
    const next = [index + 1]
    for (const [column, other] of y.entries()) {
      const substituted = at(row, column) + (byte === other ? 0 : 1)
      next.push(Math.min(substituted, at(row, column + 1) + 1, at(next, column) + 1))
    }
    row = next
  }
  return at(row, y.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? 0
}

function fold(word: string): string {
  return word.replaceAll('_', '').toLowerCase()
}

/** Stably sorts words by their distance from another (spec §23). */
export function sortByDistance(words: readonly string[], to: string): string[] {
  const folded = fold(to)
  return words
    .map((word) => ({ word, distance: editDistance(fold(word), folded) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ word }) => word)
}

/** Words longer than this are not worth a suggestion: the comparison is quadratic. */
const MAX_LENGTH = 256

/** The candidate nearest to a word, near enough to be what was meant; empty when there is none (spec §23). */
export function nearest(word: string, candidates: readonly string[]): string {
  const folded = fold(word)
  if (folded.length > MAX_LENGTH) return ''
  let best = ''
  let bound = Math.floor((toBytes(folded).length + 1) / 2)
  for (const candidate of candidates) {
    if (candidate.length > 2 * MAX_LENGTH) continue
    const distance = editDistance(fold(candidate), folded)
    if (distance >= bound) continue
    best = candidate
    bound = distance
  }
  return best
}
