import { listImports } from '../edit/imports'
import { readTree } from '../edit/read-tree'
import { isString, scalarKind, type TreeMap, type TreeNode, type TreeScalar, topLevel } from '../edit/tree'
import { joinPropertyPath, type PropertyPath } from '../syntax/path'

/**
 * `text` may hold references; `secret` is the argument of an `fn::secret` that is not sealed yet, `sealed` one that is;
 * `call` is any other function, `empty` a collection without members, `alias` a YAML alias.
 */
export type RowKind = 'text' | 'number' | 'boolean' | 'null' | 'secret' | 'sealed' | 'call' | 'empty'

export interface TableRow {
  /** From the root of the document. */
  readonly path: PropertyPath
  /** The path within its section, as a person reads it. */
  readonly label: string
  readonly kind: RowKind
  /** What a cell shows: the text of the scalar, the function's name; empty for what is sealed. */
  readonly text: string
  /** The last element of the path is a key that may be renamed. */
  readonly renamable: boolean
  readonly line: number
}

export interface Table {
  readonly ok: true
  readonly imports: readonly string[]
  readonly values: readonly TableRow[]
  readonly environmentVariables: readonly TableRow[]
  readonly files: readonly TableRow[]
}

/** Why a text cannot be shown as a table. */
export interface TableProblem {
  readonly ok: false
  readonly message: string
}

const sections = ['environmentVariables', 'files'] as const

/** Reads a definition as a table. Only texts that are YAML, with a mapping of values, are one. */
export function readTable(text: string): Table | TableProblem {
  const tree = readTree(text)
  const [problem] = tree.diagnostics
  if (problem !== undefined) return { ok: false, message: problem.summary }
  const [root] = tree.roots
  if (root !== undefined && root.kind !== 'map') return { ok: false, message: 'the definition is no mapping' }
  const values = topLevel(tree, 'values')
  const isAbsent = values === undefined || isEmptyScalar(values.value)
  if (!isAbsent && values.value.kind !== 'map') return { ok: false, message: 'values is no mapping' }
  const rows = (entries: TreeMap['entries'], path: PropertyPath, depth: number) =>
    entries.flatMap((entry) =>
      entry.name === undefined
        ? []
        : rowsOf({ node: entry.value, path: [...path, entry.name], depth, lineOf }),
    )
  const lineOf = (node: TreeNode) => tree.source.positionAt(node.span[0]).line
  const name = values?.name ?? 'values'
  const all = values?.value.kind === 'map' ? values.value.entries : []
  const section = (of: string) => {
    const entry = all.find((candidate) => candidate.name === of)
    return entry?.value.kind === 'map' ? rows(entry.value.entries, [name, of], 2) : []
  }
  const isSection = (entry: TreeMap['entries'][number]) =>
    sections.some((known) => known === entry.name) && entry.value.kind === 'map'
  return {
    ok: true,
    imports: listImports(text).map((entry) => entry.name),
    values: rows(
      all.filter((entry) => !isSection(entry)),
      [name],
      1,
    ),
    environmentVariables: section('environmentVariables'),
    files: section('files'),
  }
}

function isEmptyScalar(node: TreeNode): boolean {
  return node.kind === 'scalar' && scalarKind(node) === 'null'
}

interface Place {
  node: TreeNode
  path: PropertyPath
  /** How many elements of the path the section itself has. */
  depth: number
  lineOf: (node: TreeNode) => number
}

function rowsOf(place: Place): TableRow[] {
  const { node, path } = place
  if (node.kind === 'map' && node.entries.length > 0 && !isCall(node)) {
    return node.entries.flatMap(({ name, value }) =>
      name === undefined ? [] : rowsOf({ ...place, node: value, path: [...path, name] }),
    )
  }
  if (node.kind === 'seq' && node.items.length > 0) {
    return node.items.flatMap(({ value }, at) => rowsOf({ ...place, node: value, path: [...path, at] }))
  }
  const { depth, lineOf } = place
  const last = path.at(-1)
  return [
    {
      path,
      label: joinPropertyPath(path.slice(depth)),
      ...contentOf(node),
      renamable: typeof last === 'string' && !last.startsWith('fn::'),
      line: lineOf(node),
    },
  ]
}

/** A mapping with one key that names a function (language.md §9). */
function isCall(node: TreeMap): boolean {
  return node.entries.some(({ name }) => name?.startsWith('fn::') === true)
}

function contentOf(node: TreeNode): Pick<TableRow, 'kind' | 'text'> {
  if (node.kind === 'scalar') return scalarContent(node)
  const entry = node.kind === 'map' ? node.entries.find(({ name }) => name?.startsWith('fn::')) : undefined
  if (entry === undefined) return { kind: 'empty', text: node.kind === 'map' ? '{}' : '[]' }
  if (entry.name !== 'fn::secret') return { kind: 'call', text: entry.name ?? '' }
  if (isString(entry.value)) return { kind: 'secret', text: entry.value.text }
  const isSealed = entry.value.kind === 'map' && entry.value.entries[0]?.name === 'ciphertext'
  return isSealed ? { kind: 'sealed', text: '' } : { kind: 'call', text: 'fn::secret' }
}

function scalarContent(node: TreeScalar): Pick<TableRow, 'kind' | 'text'> {
  const kind = scalarKind(node)
  return { kind: kind === 'string' ? 'text' : kind, text: kind === 'null' ? '' : node.text }
}
