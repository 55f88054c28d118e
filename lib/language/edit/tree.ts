import type { ScalarStyle } from '../syntax/node'
import type { PropertyPath } from '../syntax/path'
import { resolveScalar } from '../syntax/scalar-kind'
import type { EditDiagnostic } from './diagnostic'
import type { SourceText, Span } from './source'

/**
 * A located view of a YAML text: where every node, key, comment and indicator stands, so that edits can replace
 * stretches of the text. Nothing in it could be used to write the document anew.
 */
export type TreeNode = TreeScalar | TreeMap | TreeSequence | TreeAlias

interface TreeNodeBase {
  /** The content, without anchor and tag. For a block scalar it ends with the last line that is not blank. */
  readonly span: Span
  /** The document path (language.md §5) of the value. */
  readonly path: string
  /** Whether the node stands inside a flow collection, or is a key. */
  readonly inFlow: boolean
  readonly anchorSpan?: Span
  /** As written, in short form where it is one: `!!int`, `!mine`, `!`; empty without one. */
  readonly tag: string
  readonly tagSpan?: Span
}

export interface TreeScalar extends TreeNodeBase {
  readonly kind: 'scalar'
  readonly style: ScalarStyle
  readonly text: string
  readonly block?: BlockScalarLayout
}

export interface BlockScalarLayout {
  /** `|-` and the like. */
  readonly header: Span
  /** The comment behind the header. */
  readonly comment?: Span
  /** Offset behind the blank lines that belong to the value (`+`); otherwise that of the span. */
  readonly end: number
}

export interface TreeMap extends TreeNodeBase {
  readonly kind: 'map'
  readonly flow: boolean
  /** Column (from 0) of the keys of a block mapping. */
  readonly indent: number
  readonly entries: readonly TreeEntry[]
}

/** What an entry of a mapping and an element of a sequence have in common. */
export interface TreeSlot {
  /** Offset of its first indicator or property: `?`, `-`, an anchor, a tag, the key or the value itself. */
  readonly start: number
  /** Offset behind the `:` or `-`; where there is none, of the value. */
  readonly valueStart: number
  /** Comments between the indicator and the value. */
  readonly commentsBeforeValue: readonly Span[]
  readonly value: TreeNode
}

export interface TreeEntry extends TreeSlot {
  readonly key: TreeNode
  /** The key's text; undefined when the key is not a scalar. */
  readonly name: string | undefined
  /** Whether the `:` is written. */
  readonly hasColon: boolean
}

export interface TreeSequence extends TreeNodeBase {
  readonly kind: 'seq'
  readonly flow: boolean
  /** Column (from 0) of the dashes of a block sequence. */
  readonly indent: number
  readonly items: readonly TreeSlot[]
}

export interface TreeAlias extends TreeNodeBase {
  readonly kind: 'alias'
}

export interface Tree {
  readonly source: SourceText
  /** The roots of the documents of the text; only the first is ever evaluated. */
  readonly roots: readonly TreeNode[]
  /** Errors only. Where there are any, the roots are what could be recognised. */
  readonly diagnostics: readonly EditDiagnostic[]
}

/** Calls `visit` for every node of a tree, parents first, in the order of the text. */
export function walk(root: TreeNode, visit: (node: TreeNode) => void): void {
  visit(root)
  if (root.kind === 'map') {
    for (const entry of root.entries) {
      walk(entry.key, visit)
      walk(entry.value, visit)
    }
  } else if (root.kind === 'seq') for (const item of root.items) walk(item.value, visit)
}

/** What the language takes a scalar for (language.md §3). */
export function scalarKind(node: TreeScalar): 'null' | 'boolean' | 'number' | 'string' {
  if (node.tag !== '' && node.tag !== '!') return taggedKinds.get(node.tag) ?? 'string'
  if (node.style !== 'plain') return 'string'
  const { kind } = resolveScalar(node.text, { timestamps: false })
  return kind === 'int' || kind === 'float' ? 'number' : kind === 'timestamp' ? 'string' : kind
}

const taggedKinds: ReadonlyMap<string, 'null' | 'boolean' | 'number'> = new Map([
  ['!!null', 'null'],
  ['!!bool', 'boolean'],
  ['!!int', 'number'],
  ['!!float', 'number'],
])

export function isString(node: TreeNode): node is TreeScalar {
  return node.kind === 'scalar' && scalarKind(node) === 'string'
}

/** The entry of a mapping; of repeated keys the first, as evaluation has it (language.md §9.2). */
export function entryOf(node: TreeNode | undefined, name: string): TreeEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.name === name) : undefined
}

/** The entry or element that one step of a path leads to. */
export function slotOf(node: TreeNode | undefined, element: string | number): TreeSlot | undefined {
  if (typeof element === 'string') return entryOf(node, element)
  return node?.kind === 'seq' ? node.items[element] : undefined
}

export function nodeAt(root: TreeNode | undefined, path: PropertyPath): TreeNode | undefined {
  return path.reduce<TreeNode | undefined>((node, element) => slotOf(node, element)?.value, root)
}

/** A known key of a definition: it matches without regard to case, and the last one counts (language.md §6). */
export function topLevel({ roots }: Tree, name: 'description' | 'imports' | 'values'): TreeEntry | undefined {
  const [root] = roots
  return root?.kind === 'map'
    ? root.entries.findLast((entry) => entry.name?.toLowerCase() === name)
    : undefined
}
