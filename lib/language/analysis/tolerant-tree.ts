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
import { SourceText, type Span } from '../edit/source'
import type {
  BlockScalarLayout,
  Tree,
  TreeEntry,
  TreeMap,
  TreeNode,
  TreeScalar,
  TreeSequence,
} from '../edit/tree'
import type { ScalarStyle } from '../syntax/node'
import { joinIndex, joinKey } from '../syntax/path'
import { isTooDeep } from './depth'
import { focusOn } from './focus'

const options = {
  keepSourceTokens: true,
  logLevel: 'silent',
  merge: false,
  prettyErrors: false,
  schema: 'failsafe',
  strict: false,
  uniqueKeys: false,
} as const

/** Longer texts are not worth the wait: this parser takes a second and more for some of them. */
const longestText = 60_000

/**
 * Reads what can be recognised of a broken text, for reading only: no edit may rely on it. Of a text that is too long
 * only what matters `around` an offset is read. One that is nested too deep has no roots, since this parser descends by
 * recursion. Never throws.
 */
export function readTolerantly(text: string, around?: number): Tree {
  const source = new SourceText(text)
  const isLong = text.length > longestText
  if (isLong && around === undefined) return { source, roots: [], diagnostics: [] }
  const read = isLong && around !== undefined ? focusOn(text, around) : text
  if (isTooDeep(read)) return { source, roots: [], diagnostics: [] }
  const parsed = parseAllDocuments(read, options)
  const documents: Document.Parsed[] = Array.isArray(parsed) ? [...parsed] : []
  const contents = documents.map((document) => document.contents).filter((root) => root !== null)
  return {
    source,
    roots: contents.map((root) => readNode(root, { path: '', inFlow: false })),
    diagnostics: [],
  }
}

/** Where the first problem of a text is, if this parser finds any. */
export function firstProblem(text: string): Span | undefined {
  if (text.length > longestText || isTooDeep(text)) return undefined
  const parsed = parseAllDocuments(text, options)
  const [error] = Array.isArray(parsed) ? parsed.flatMap((document) => document.errors) : []
  return error === undefined ? undefined : [error.pos[0], Math.max(error.pos[0], error.pos[1])]
}

interface Place {
  readonly path: string
  readonly inFlow: boolean
}

function readNode(node: Node, place: Place): TreeNode {
  if (isMap(node)) return readMap(node, place)
  if (isSeq(node)) return readSequence(node, place)
  if (isScalar(node)) return readScalar(node, place)
  return { kind: 'alias', span: spanOf(node), tag: '', ...place }
}

function readMap(node: YAMLMap, place: Place): TreeMap {
  const flow = node.flow === true
  const inside = { path: place.path, inFlow: place.inFlow || flow }
  const entries = node.items.map((pair) => readEntry(pair, inside))
  return { kind: 'map', ...base(node, place), flow, indent: indentOf(node), entries }
}

function readEntry(pair: Pair, place: Place): TreeEntry {
  const keyNode = asNode(pair.key)
  const name = isScalar(keyNode) ? textOf(keyNode.value) : undefined
  const path = joinKey(place.path, name ?? '')
  const key = readNode(keyNode ?? emptyNode(0), { path, inFlow: true })
  const colon = pair.srcToken?.sep?.find((token) => token.type === 'map-value-ind')
  const valueStart = colon === undefined ? key.span[1] : colon.offset + 1
  const value = readNode(asNode(pair.value) ?? emptyNode(valueStart), { path, inFlow: place.inFlow })
  const hasColon = colon !== undefined
  return { start: key.span[0], key, name, hasColon, value, valueStart, commentsBeforeValue: [] }
}

function readSequence(node: YAMLSeq, place: Place): TreeSequence {
  const flow = node.flow === true
  const items = node.items.map((item, index) => {
    const path = joinIndex(place.path, index)
    const value = readNode(asNode(item) ?? emptyNode(spanOf(node)[1]), { path, inFlow: place.inFlow || flow })
    const [start] = value.span
    return { start, valueStart: start, value, commentsBeforeValue: [] }
  })
  return { kind: 'seq', ...base(node, place), flow, indent: indentOf(node), items }
}

function readScalar(node: Scalar, place: Place): TreeScalar {
  const style = styles[node.type ?? 'PLAIN']
  const scalar = { kind: 'scalar', ...base(node, place), style, text: textOf(node.value) ?? '' } as const
  const token = node.srcToken?.type === 'block-scalar' ? node.srcToken : undefined
  return token === undefined ? scalar : { ...scalar, block: blockLayout(token) }
}

function blockLayout(token: CST.BlockScalar): BlockScalarLayout {
  const header = token.props.find((prop) => prop.type === 'block-scalar-header')
  const length = header !== undefined && 'source' in header ? header.source.length : 1
  return { header: [token.offset, token.offset + length], end: token.offset + token.source.length }
}

function base(node: Exclude<Node, Alias>, place: Place) {
  return { span: spanOf(node), tag: node.tag ?? '', ...place }
}

const styles: Readonly<Record<Scalar.Type, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
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
