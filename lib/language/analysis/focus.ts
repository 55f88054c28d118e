/** Characters of a text that are kept around a place, and of what leads to it. */
const kept = { around: 20_000, ancestors: 20_000, imports: 10_000 } as const

/**
 * A long text with everything blanked that does not matter at an offset: kept are the lines around it, the lines that
 * it stands under, and the imports. Offsets and lines stay what they were, so places found in it are places of the text.
 */
export function focusOn(text: string, offset: number): string {
  const lines = text.split('\n')
  const starts = startsOf(lines)
  const at = lineAt(starts, offset)
  const near = around(lines, at)
  // The nearest lines may begin in the middle of a key: it has to be there too.
  const above = [at, Math.min(...near)].flatMap((line) => ancestors(lines, line))
  const keep = new Set([...near, ...above, ...importLines(lines)])
  return lines.map((line, index) => (keep.has(index) ? line : line.replaceAll(/[^\r]/g, ' '))).join('\n')
}

function startsOf(lines: readonly string[]): number[] {
  let start = 0
  return lines.map((line) => {
    const here = start
    start += line.length + 1
    return here
  })
}

function lineAt(starts: readonly number[], offset: number): number {
  return Math.max(
    0,
    starts.findLastIndex((start) => start <= offset),
  )
}

/** As many lines before and behind as fit, the nearer ones first. */
function around(lines: readonly string[], at: number): number[] {
  const found: number[] = []
  for (const step of [-1, 1]) {
    let left: number = kept.around / 2
    for (let line = step < 0 ? at : at + 1; line >= 0 && line < lines.length; line += step) {
      left -= lines[line]?.length ?? 0
      if (left < 0 && line !== at) break
      found.push(line)
    }
  }
  return found
}

/** The lines above that are indented less than all between: the keys that the place is below. */
function ancestors(lines: readonly string[], at: number): number[] {
  const found: number[] = []
  let left: number = kept.ancestors
  let least = indentOf(lines[at] ?? '') ?? Number.POSITIVE_INFINITY
  for (let line = at - 1; line >= 0 && least > 0; line--) {
    const indent = indentOf(lines[line] ?? '')
    if (indent === undefined || indent >= least) continue
    least = indent
    left -= lines[line]?.length ?? 0
    if (left < 0) break
    found.push(line)
  }
  return found
}

/** Undefined for blank lines and comments, which say nothing about structure. */
function indentOf(line: string): number | undefined {
  const indent = line.search(/\S/)
  return indent < 0 || line[indent] === '#' ? undefined : indent
}

function importLines(lines: readonly string[]): number[] {
  const first = lines.findIndex((line) => /^imports\s*:/i.test(line))
  if (first < 0) return []
  const found = [first]
  let left: number = kept.imports
  for (let line = first + 1; line < lines.length && /^(\s|-|#|$)/.test(lines[line] ?? ''); line++) {
    left -= lines[line]?.length ?? 0
    if (left < 0) break
    found.push(line)
  }
  return found
}
