import { parseDefinition } from '../definition'
import type { EditDiagnostic } from '../edit/diagnostic'
import { readTree } from '../edit/read-tree'
import { SourceText, type Span } from '../edit/source'
import { type TreeNode, walk } from '../edit/tree'
import type { Diagnostic } from '../syntax/diagnostic'
import type { Position } from '../syntax/range'
import { firstProblem } from './tolerant-tree'

/** Syntax and shape of a text; see `LanguageService.quickDiagnostics`. */
export function quickDiagnostics(text: string): EditDiagnostic[] {
  const { diagnostics } = parseDefinition(text, { environment: '' })
  if (diagnostics.length === 0) return []
  const source = new SourceText(text)
  const nodes = nodesByStart(text)
  return diagnostics.map((diagnostic) => {
    const { severity, code, summary } = diagnostic
    return { severity, code, summary, range: source.range(spanOf(source, nodes, diagnostic)) }
  })
}

/** Nodes by where they begin, the innermost for each place. */
function nodesByStart(text: string): ReadonlyMap<number, TreeNode> {
  const nodes = new Map<number, TreeNode>()
  for (const root of readTree(text).roots) walk(root, (node) => nodes.set(node.span[0], node))
  return nodes
}

/**
 * The reference's ranges count quotes and escapes in their own way (language.md §4). Where a finding is about a whole
 * node, the node's own extent is exact.
 */
function spanOf(
  source: SourceText,
  nodes: ReadonlyMap<number, TreeNode>,
  { range, summary }: Diagnostic,
): Span {
  if (range === undefined) return problemSpan(source, summary)
  const [start, end] = [offsetOf(source, range.begin), offsetOf(source, range.end)]
  const node = nodes.get(start)
  const isPart = node?.kind === 'scalar' && node.style === 'plain' && end <= node.span[1] && end > start
  if (node === undefined || isPart) return [start, Math.max(start, end)]
  return node.kind === 'scalar' || node.kind === 'alias'
    ? node.span
    : [start, source.lineEnd(range.begin.line)]
}

function offsetOf(source: SourceText, { line, column }: Position): number {
  const start = source.lineStart(line)
  const characters = [...source.text.slice(start, source.lineEnd(line))]
  return start + characters.slice(0, column - 1).join('').length
}

/** A syntax problem has no range of its own: another parser is asked where it stumbles, or the line it names is taken. */
function problemSpan(source: SourceText, summary: string): Span {
  const found = firstProblem(source.text)
  if (found !== undefined) return found
  const line = Number(/^yaml: line (\d+):/.exec(summary)?.[1] ?? 1)
  return [source.lineStart(line), source.lineEnd(line)]
}
