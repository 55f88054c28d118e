import { isEntry, slotsOf } from '../edit/layout'
import { endOf } from '../edit/read-tree'
import type { SourceText } from '../edit/source'
import { scalarKind, type TreeEntry, type TreeNode } from '../edit/tree'
import { callOf, readOutline } from './outline'
import type { DocumentSymbol } from './types'

/** Imports and values of a text as a tree; see `LanguageService.documentSymbols`. */
export function documentSymbols(text: string): DocumentSymbol[] {
  const { tree, root } = readOutline(text)
  return (root?.entries ?? []).map((entry) => {
    if (entry.name?.toLowerCase() === 'imports')
      return { ...symbolOf(tree.source, entry), children: importSymbols(tree.source, entry.value) }
    return symbolOf(tree.source, entry)
  })
}

function importSymbols(source: SourceText, list: TreeNode): DocumentSymbol[] {
  if (list.kind !== 'seq') return []
  return list.items.flatMap(({ value }) => {
    const entry = value.kind === 'map' ? value.entries[0] : undefined
    const node = entry?.key ?? value
    if (node.kind !== 'scalar') return []
    const range = source.range([node.span[0], endOf(value)])
    return [
      { name: node.text, kind: 'import' as const, range, selection: source.range(node.span), children: [] },
    ]
  })
}

function symbolOf(source: SourceText, entry: TreeEntry): DocumentSymbol {
  const { key, value, name = '' } = entry
  const children = callOf(value) === undefined ? slotsOf(value).filter(isEntry) : []
  return {
    name,
    kind: kindOf(value),
    range: source.range([key.span[0], Math.max(endOf(value), key.span[1])]),
    selection: source.range(key.span),
    children: children.map((child) => symbolOf(source, child)),
  }
}

function kindOf(node: TreeNode): DocumentSymbol['kind'] {
  if (node.kind === 'seq') return 'array'
  if (node.kind === 'map') return callOf(node) === undefined ? 'object' : 'function'
  if (node.kind === 'alias') return 'null'
  return /^\$\{[^}]*\}$/.test(node.text) ? 'reference' : scalarKind(node)
}
