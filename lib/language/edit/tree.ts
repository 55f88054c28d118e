import {
  type Alias,
  type CST,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { joinIndex, joinKey } from '../syntax/path'
import { isTooDeep, maximumDepth } from './depth'
import type { EditDiagnostic } from './diagnostic'
import { resolvePlain } from './plain'
import type { ScalarStyle } from './scalar-style'
import { SourceText, type Span } from './source'

/**
 * A located view of a YAML text: what the edits need to know of every node, and nothing they could use to write it
 * anew. Spans exclude a node's anchor, tag and comments.
 */
export type TreeNode = TreeScalar | TreeMap | TreeSequence | TreeAlias

interface TreeNodeBase {
  readonly span: Span
  /** The document path (language.md §5) of the value. */
  readonly path: string
  /** Whether the node stands inside a flow collection (or is a key). */
  readonly inFlow: boolean
  readonly anchor?: string
  /** The tag as resolved, e.g. `tag:yaml.org,2002:int`. */
  readonly tag?: string
}

export interface TreeScalar extends TreeNodeBase {
  readonly kind: 'scalar'
  readonly style: ScalarStyle
  readonly text: string
  /** The header (`|-`) of a block scalar, and the comment behind it. */
  readonly header?: { readonly span: Span; readonly comment?: Span }
}

export interface TreeMap extends TreeNodeBase {
  readonly kind: 'map'
  readonly flow: boolean
  /** Column (from 0) of the keys of a block mapping. */
  readonly indent: number
  readonly entries: readonly TreeEntry[]
}

export interface TreeEntry {
  readonly key: TreeNode
  /** The key's text; undefined when the key is not a scalar. */
  readonly name: string | undefined
  readonly value: TreeNode
  /** Just behind the `:`, or behind the key where there is none. */
  readonly valueStart: number
  /** Comments between the `:` and the value. */
  readonly commentsBeforeValue: readonly Span[]
  /** Offset of a tag or anchor standing before the value. */
  readonly propsStart: number | undefined
  /** Where the tag of the value stands in the text. */
  readonly tagSpan: Span | undefined
}

export interface TreeSequence extends TreeNodeBase {
  readonly kind: 'seq'
  readonly flow: boolean
  /** Column (from 0) of the dashes of a block sequence. */
  readonly indent: number
  readonly items: readonly TreeNode[]
}

export interface TreeAlias extends TreeNodeBase {
  readonly kind: 'alias'
}

export interface Tree {
  readonly source: SourceText
  /** The root of every document of the text; only the first one is ever evaluated. */
  readonly roots: readonly TreeNode[]
  readonly diagnostics: readonly EditDiagnostic[]
}

const options = {
  keepSourceTokens: true,
  logLevel: 'silent',
  merge: false,
  prettyErrors: false,
  schema: 'failsafe',
  strict: false,
  uniqueKeys: false,
} as const

/** Reads a text. Where there are diagnostics the roots are what could be recognised. Never throws. */
export function parseTree(text: string): Tree {
  const source = new SourceText(text)
  if (isTooDeep(text)) {
    const summary = `the document is nested more than ${maximumDepth} levels deep`
    return {
      source,
      roots: [],
      diagnostics: [{ severity: 'error', code: 'yaml.too-deep', summary, range: source.range([0, 0]) }],
    }
  }
  const parsed = parseAllDocuments(text, options)
  const documents: Document.Parsed[] = Array.isArray(parsed) ? [...parsed] : []
  const diagnostics = documents.flatMap((document) =>
    document.errors.map(
      (error): EditDiagnostic => ({
        severity: 'error',
        code: `yaml.${error.code.toLowerCase().replaceAll('_', '-')}`,
        summary: error.message,
        range: source.range(error.pos),
      }),
    ),
  )
  const reader = new TreeReader(text)
  const roots = documents.flatMap((document) =>
    document.contents === null ? [] : [reader.read(document.contents, { path: '', inFlow: false })],
  )
  return { source, roots, diagnostics }
}

interface Place {
  readonly path: string
  readonly inFlow: boolean
}

class TreeReader {
  constructor(readonly text: string) {}

  read(node: Node, place: Place): TreeNode {
    if (isMap(node)) return this.#readMap(node, place)
    if (isSeq(node)) return this.#readSequence(node, place)
    if (isScalar(node)) return this.#readScalar(node, place)
    return { kind: 'alias', span: spanOf(node), ...place }
  }

  #readMap(node: YAMLMap, place: Place): TreeMap {
    const flow = node.flow === true
    const inside = { path: place.path, inFlow: place.inFlow || flow }
    return {
      kind: 'map',
      ...this.#base(node, place),
      flow,
      indent: indentOf(node),
      entries: node.items.map((pair) => this.#readEntry(pair, inside)),
    }
  }

  #readEntry(pair: Pair, place: Place): TreeEntry {
    const keyNode = asNode(pair.key)
    const name = isScalar(keyNode) ? textOf(keyNode.value) : undefined
    const path = joinKey(place.path, name ?? '')
    const key = this.read(keyNode ?? emptyNode(0), { path, inFlow: true })
    const separator = pair.srcToken?.sep ?? []
    const colon = separator.find((token) => token.type === 'map-value-ind')
    const valueStart = colon === undefined ? key.span[1] : colon.offset + 1
    const value = asNode(pair.value) ?? emptyNode(valueStart)
    const tag = separator.find((token) => token.type === 'tag')
    return {
      key,
      name,
      value: this.read(value, { path, inFlow: place.inFlow }),
      valueStart,
      commentsBeforeValue: separator
        .filter((token) => token.type === 'comment' && token.offset >= valueStart)
        .map((token): Span => [token.offset, token.offset + token.source.length]),
      propsStart: separator.find((token) => token.type === 'tag' || token.type === 'anchor')?.offset,
      tagSpan: tag === undefined ? undefined : [tag.offset, tag.offset + tag.source.length],
    }
  }

  #readSequence(node: YAMLSeq, place: Place): TreeSequence {
    const flow = node.flow === true
    return {
      kind: 'seq',
      ...this.#base(node, place),
      flow,
      indent: indentOf(node),
      items: node.items.map((item, index) =>
        this.read(asNode(item) ?? emptyNode(spanOf(node)[1]), {
          path: joinIndex(place.path, index),
          inFlow: place.inFlow || flow,
        }),
      ),
    }
  }

  #readScalar(node: Scalar, place: Place): TreeScalar {
    const style = styles[node.type ?? 'PLAIN']
    const block = node.srcToken?.type === 'block-scalar' ? node.srcToken : undefined
    const base = this.#base(node, place)
    const scalar = { kind: 'scalar', ...base, style, text: textOf(node.value) ?? '' } as const
    if (block === undefined) return scalar
    const header = headerOf(block)
    return { ...scalar, header, span: [base.span[0], this.#blockEnd(header, base.span[1])] }
  }

  /** Blank lines behind a block scalar are layout, even where `+` makes them part of the value. */
  #blockEnd(header: BlockHeader, end: number): number {
    const start = header.comment?.[1] ?? header.span[1]
    return start + this.text.slice(start, end).trimEnd().length
  }

  #base(node: Exclude<Node, Alias>, place: Place): TreeNodeBase {
    return {
      span: spanOf(node),
      ...place,
      ...(node.anchor === undefined ? {} : { anchor: node.anchor }),
      ...(node.tag === undefined ? {} : { tag: node.tag }),
    }
  }
}

type BlockHeader = NonNullable<TreeScalar['header']>

const styles: Readonly<Record<Scalar.Type, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
}

function headerOf(token: CST.BlockScalar): BlockHeader {
  const header = token.props.find((prop) => prop.type === 'block-scalar-header')
  const comment = token.props.find((prop) => prop.type === 'comment')
  return {
    span: header === undefined ? [token.offset, token.offset] : tokenSpan(header),
    ...(comment === undefined ? {} : { comment: tokenSpan(comment) }),
  }
}

function tokenSpan(token: { offset: number; source?: string }): Span {
  return [token.offset, token.offset + (token.source?.length ?? 0)]
}

function spanOf(node: Node): Span {
  return node.range == null ? [0, 0] : [node.range[0], node.range[1]]
}

function indentOf(node: Node): number {
  const token = node.srcToken
  return token !== undefined && 'indent' in token ? token.indent : 0
}

function asNode(value: unknown): Node | null {
  return isNode(value) ? value : null
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Stands for a value that the text leaves out, as in `{a}`. */
function emptyNode(offset: number): Scalar {
  const scalar = new Scalar('')
  scalar.type = 'PLAIN'
  scalar.range = [offset, offset, offset]
  return scalar
}

/** Calls `visit` for every node of a tree, parents first, in the order of the text. */
export function walk(root: TreeNode, visit: (node: TreeNode) => void): void {
  visit(root)
  if (root.kind === 'map') {
    for (const entry of root.entries) {
      walk(entry.key, visit)
      walk(entry.value, visit)
    }
  } else if (root.kind === 'seq') for (const item of root.items) walk(item, visit)
}

/** Whether the language reads a scalar as a string (language.md §3). */
export function isString(node: TreeNode): node is TreeScalar {
  if (node.kind !== 'scalar') return false
  const tag = node.tag === undefined || node.tag === '!' ? undefined : node.tag
  if (tag !== undefined) return !/^tag:yaml\.org,2002:(?:int|float|bool|null)$/.test(tag)
  if (node.style !== 'plain') return true
  const kind = resolvePlain(node.text)
  return kind === 'str' || kind === 'timestamp'
}
