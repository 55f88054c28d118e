/** Deeper texts are refused: the YAML parser descends by recursion. */
export const maximumDepth = 1000

/**
 * Whether an upper bound of the nesting exceeds the maximum. The bound counts open brackets, and for block collections
 * the indentations a line stands under plus the dashes and keys on those lines.
 */
export function isTooDeep(text: string): boolean {
  if (text.length <= maximumDepth) return false
  let depth = 0
  const open: { indent: number; levels: number }[] = []
  for (const line of text.split('\n')) {
    const indent = line.search(/[^ ]/)
    if (indent < 0) continue
    for (let top = open.at(-1); top !== undefined && top.indent >= indent; top = open.at(-1)) {
      depth -= top.levels
      open.pop()
    }
    const levels = 1 + (line.match(/[-?:](?=[ \t])/g)?.length ?? 0)
    open.push({ indent, levels })
    depth += levels
    if (depth > maximumDepth) return true
  }
  return openBrackets(text) > maximumDepth
}

/** The largest number of brackets open at once, those inside strings counted too. */
function openBrackets(text: string): number {
  let open = 0
  let most = 0
  for (const character of text) {
    if (character === '[' || character === '{') most = Math.max(most, ++open)
    else if ((character === ']' || character === '}') && open > 0) open--
  }
  return most
}
