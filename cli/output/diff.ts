/**
 * Unified differences with three lines of context, byte for byte as the official command line writes them (gotextdiff):
 * the greedy forward algorithm of Myers, deletions before insertions, and its way of counting lines.
 */
export function unifiedDiff(from: Side, to: Side): string {
  const before = splitLines(from.text)
  const hunks = hunksOf(before, changesOf(before, splitLines(to.text)))
  if (hunks.length === 0) return ''
  return `--- ${from.label}\n+++ ${to.label}\n${hunks.map(formatHunk).join('')}`
}

export interface Side {
  readonly label: string
  readonly text: string
}

/** Lines with their line breaks; the last may have none. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** Lines `start` to `end` of the old text become `inserted`. */
interface Change {
  readonly start: number
  readonly end: number
  readonly inserted: readonly string[]
}

function changesOf(before: readonly string[], after: readonly string[]): Change[] {
  const changes: Change[] = []
  let [x, y] = [0, 0]
  for (const [toX, toY] of pathOf(before, after)) {
    const diagonal = toX - toY
    const startX = x
    while (x - y < diagonal && x < before.length) x++
    if (x > startX) changes.push({ start: startX, end: x, inserted: [] })
    const startY = y
    while (x - y > diagonal) y++
    if (y > startY) changes.push({ start: x, end: x, inserted: after.slice(startY, y) })
    while (x < toX) {
      x++
      y++
    }
  }
  return changes
}

/** The ends of the diagonals of a shortest edit script. */
function pathOf(before: readonly string[], after: readonly string[]): (readonly [number, number])[] {
  const trace = searchShortest(before, after)
  const path: (readonly [number, number])[] = []
  let [x, y] = [before.length, after.length]
  for (let depth = trace.length - 1; depth > 0 && x > 0 && y > 0; depth--) {
    path.unshift([x, y])
    const furthest = trace[depth] ?? new Map<number, number>()
    const diagonal = x - y
    const previous = comesFromAbove(furthest, diagonal, depth) ? diagonal + 1 : diagonal - 1
    x = furthest.get(previous) ?? 0
    y = x - previous
  }
  return x < 0 || y < 0 ? path : [[x, y], ...path]
}

/** For each number of edits, how far each diagonal was reached before that round. */
function searchShortest(before: readonly string[], after: readonly string[]): ReadonlyMap<number, number>[] {
  const furthest = new Map<number, number>()
  const trace: ReadonlyMap<number, number>[] = []
  for (let depth = 0; depth <= before.length + after.length; depth++) {
    const reached = new Map(furthest)
    for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
      let x = comesFromAbove(furthest, diagonal, depth)
        ? (furthest.get(diagonal + 1) ?? 0)
        : (furthest.get(diagonal - 1) ?? 0) + 1
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++
      furthest.set(diagonal, x)
      if (x >= before.length && x - diagonal >= after.length) return [...trace, reached]
    }
    trace.push(reached)
  }
  return trace
}

/** Whether the best way to a diagonal is an insertion; on a tie the deletion wins. */
function comesFromAbove(furthest: ReadonlyMap<number, number>, diagonal: number, depth: number): boolean {
  if (diagonal === -depth) return true
  return diagonal !== depth && (furthest.get(diagonal - 1) ?? 0) < (furthest.get(diagonal + 1) ?? 0)
}

const context = 3

interface Line {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

interface Hunk {
  readonly from: number
  readonly to: number
  readonly lines: Line[]
}

function hunksOf(before: readonly string[], changes: readonly Change[]): Hunk[] {
  const hunks: Hunk[] = []
  let last = 0
  // counts only inserted lines and the lines between hunks: the reference forgets those joined inside a hunk
  let toLine = 0
  const equal = (start: number, end: number): Line[] =>
    before.slice(Math.max(0, start), end).map((text) => ({ mark: ' ', text }))
  for (const { start, end, inserted } of changes) {
    let hunk = hunks.at(-1)
    if (hunk && start <= last + 2 * context) hunk.lines.push(...equal(last, start))
    else {
      hunk?.lines.push(...equal(last, last + context))
      toLine += start - last
      const edge = equal(start - context, start)
      hunk = { from: start + 1 - edge.length, to: toLine + 1 - edge.length, lines: edge }
      hunks.push(hunk)
    }
    hunk.lines.push(...before.slice(start, end).map((text): Line => ({ mark: '-', text })))
    hunk.lines.push(...inserted.map((text): Line => ({ mark: '+', text })))
    last = end
    toLine += inserted.length
  }
  hunks.at(-1)?.lines.push(...equal(last, last + context))
  return hunks
}

function formatHunk({ from, to, lines }: Hunk): string {
  const removed = lines.filter((line) => line.mark !== '+').length
  const added = lines.filter((line) => line.mark !== '-').length
  const body = lines.map(
    ({ mark, text }) => `${mark}${text}${text.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`,
  )
  return `@@ -${extent(from, removed)} +${extent(to, added)} @@\n${body.join('')}`
}

/** The count is written only when it is more than one, also for an empty side. */
function extent(start: number, count: number): string {
  return count > 1 ? `${start},${count}` : String(start)
}
