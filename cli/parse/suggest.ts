import type { CommandNode } from './command'

/** The commands of `node` that `typed` may have meant: it begins one, or lies within two edits of one. */
export function suggestions(node: CommandNode, typed: string): string[] {
  const word = typed.toLowerCase()
  return (node.children ?? [])
    .filter((child) => !child.hidden)
    .map((child) => child.name)
    .filter((name) => name.toLowerCase().startsWith(word) || editDistance(word, name.toLowerCase()) <= 2)
    .sort()
}

/** Levenshtein distance with unit costs. */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let line = 1; line <= from.length; line++) {
    const next = [line]
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (from[line - 1] === to[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
