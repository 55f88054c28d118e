import { DEFAULT_LIMITS } from '../limits'
import { decodeYaml } from '../syntax/decode'
import type { Diagnostic } from '../syntax/diagnostic'
import { joinIndex, joinKey } from '../syntax/path'
import type { Position } from '../syntax/range'
import { YamlError } from '../syntax/yaml/error'
import type { YamlMapping, YamlNode, YamlScalar, YamlSequence } from '../syntax/yaml/node'
import { Parser } from '../syntax/yaml/parser'
import type { EditDiagnostic } from './diagnostic'
import { type GapToken, readGap } from './gap'
import { SourceText, type Span } from './source'
import type {
  BlockScalarLayout,
  Tree,
  TreeEntry,
  TreeMap,
  TreeNode,
  TreeScalar,
  TreeSequence,
  TreeSlot,
} from './tree'

/**
 * Reads a text as the language does: what the language refuses has diagnostics and no roots. Later documents of the text
 * are read too; one that cannot be read is an error, since nobody would ever look at what stands in it. Never throws.
 */
export function readTree(text: string): Tree {
  const source = new SourceText(text)
  const { diagnostics } = decodeYaml(text, { environment: '' })
  const errors = diagnostics.map((diagnostic) => toEditDiagnostic(source, diagnostic))
  if (errors.length > 0) return { source, roots: [], diagnostics: errors }
  const roots: TreeNode[] = []
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length; ) {
    const root = readDocument(text, start)
    if (root === 'broken') return { source, roots: [], diagnostics: [laterDocument(source, start)] }
    if (root !== undefined) roots.push(root)
    start = nextDocument(text, root === undefined ? start + 1 : endOf(root))
  }
  return { source, roots, diagnostics: [] }
}

function readDocument(text: string, start: number): TreeNode | 'broken' | undefined {
  try {
    const root = new Parser(text.slice(start), DEFAULT_LIMITS).parseDocument()
    return root === undefined
      ? undefined
      : new TreeReader(text, start).read(root, { path: '', inFlow: false })
  } catch (error) {
    if (error instanceof YamlError) return 'broken'
    throw error
  }
}

/** Offset of the first document marker at or behind an offset. A marker can only stand at the beginning of a line. */
function nextDocument(text: string, from: number): number {
  const marker = /^(?:---|\.\.\.)(?=\s|$)/gm
  marker.lastIndex = from
  const match = marker.exec(text)
  if (match === null) return text.length
  return match[0] === '...' ? match.index + 3 : match.index
}

function laterDocument(source: SourceText, start: number): EditDiagnostic {
  const summary = 'a definition is one YAML document: remove what follows it'
  return {
    severity: 'error',
    code: 'yaml.later-document',
    summary,
    range: source.range([start, source.text.length]),
  }
}

function toEditDiagnostic(
  source: SourceText,
  { severity, code, summary, range }: Diagnostic,
): EditDiagnostic {
  const offset = ({ line, column }: Position) => {
    const start = source.lineStart(line)
    return start + [...source.text.slice(start, source.lineEnd(line))].slice(0, column - 1).join('').length
  }
  const span: Span = range === undefined ? [0, 0] : [offset(range.begin), offset(range.end)]
  return { severity, code, summary, range: source.range([span[0], Math.max(span[0], span[1])]) }
}

interface Place {
  readonly path: string
  readonly inFlow: boolean
}

/** Locates the nodes of one document; `shift` is where the text given to the parser began. */
class TreeReader {
  constructor(
    readonly text: string,
    readonly shift: number,
  ) {}

  read(node: YamlNode, place: Place): TreeNode {
    switch (node.kind) {
      case 'scalar':
        return this.#readScalar(node, place)
      case 'sequence':
        return this.#readSequence(node, place)
      case 'mapping':
        return this.#readMapping(node, place)
      case 'alias':
        return { kind: 'alias', tag: '', span: this.#span(node), ...place }
    }
  }

  #span({ span }: YamlNode): Span {
    return [span.start + this.shift, span.end + this.shift]
  }

  #start({ start }: YamlNode): number {
    return start.offset + this.shift
  }

  #readScalar(node: YamlScalar, place: Place): TreeScalar {
    const { style, value, tag } = node
    const [start, end] = this.#span(node)
    const { path, inFlow } = place
    const bare = { kind: 'scalar', style, tag, text: value, path, inFlow, span: [start, end] } as const
    const from = this.#start(node)
    const base = from === start ? bare : { ...bare, ...spansOf(readGap(this.text, [from, start])) }
    if (style !== 'literal' && style !== 'folded') return base
    const block = this.#blockLayout([start, end])
    const bodyStart = block.comment?.[1] ?? block.header[1]
    const body = this.text.slice(bodyStart, end).trimEnd()
    return { ...base, block, span: [start, bodyStart + body.length] }
  }

  #blockLayout([start, end]: Span): BlockScalarLayout {
    const header = /^[|>][-+0-9]*/.exec(this.text.slice(start, end))?.[0] ?? '|'
    const headerSpan: Span = [start, start + header.length]
    const lineEnd = this.text.slice(start, end).search(/[\r\n]|$/) + start
    const comment = readGap(this.text, [headerSpan[1], lineEnd])[0]
    const lines = this.text.slice(lineEnd, end)
    const kept = header.includes('+') ? lines.replace(/\r?\n[ ]*$/, '') : lines.trimEnd()
    return {
      header: headerSpan,
      end:
        lines.trim() === '' && !header.includes('+')
          ? (comment?.span[1] ?? headerSpan[1])
          : lineEnd + kept.length,
      ...(comment === undefined ? {} : { comment: comment.span }),
    }
  }

  #readMapping(node: YamlMapping, place: Place): TreeMap {
    const first = node.entries[0]?.key
    const ownsKey = first !== undefined && first.start.offset === node.start.offset
    const collection = this.#collection(node, ownsKey)
    const inside = { ...place, inFlow: place.inFlow || node.flow }
    const entries: TreeEntry[] = []
    let from = collection.span[0] + (this.text[collection.span[0]] === '{' && node.flow ? 1 : 0)
    for (const { key, value } of node.entries) {
      const entry = this.#readEntry({ key, value, from }, inside)
      entries.push(entry)
      from = Math.max(endOf(entry.value), entry.valueStart)
    }
    return { kind: 'map', ...place, ...collection, flow: node.flow, entries }
  }

  #readEntry(
    { key, value, from }: { key: YamlNode; value: YamlNode; from: number },
    place: Place,
  ): TreeEntry {
    const name = key.kind === 'scalar' ? key.value : undefined
    const path = joinKey(place.path, name ?? '')
    const keyNode = this.read(key, { path, inFlow: true })
    const question = readGap(this.text, [from, this.#start(key)]).find((token) => token.type === 'question')
    const keyEnd = keyNode.span[1]
    const behindKey = readGap(this.text, [keyEnd, this.text.length])
    const colon = behindKey.find((token) => token.type !== 'comment')
    const hasColon = colon?.type === 'colon'
    const valueStart = hasColon ? colon.span[1] : keyEnd
    const slot = this.#slot(value, { path, inFlow: place.inFlow, valueStart })
    const { commentsBeforeValue, value: node } = slot
    const start = question?.span[0] ?? this.#start(key)
    return { start, valueStart, commentsBeforeValue, value: node, key: keyNode, name, hasColon }
  }

  #slot(value: YamlNode, { valueStart, ...place }: Place & { valueStart: number }): TreeSlot {
    const read = this.read(value, place)
    // A value left out is placed by the parser wherever the next token stands.
    const node =
      read.kind === 'scalar' && isLeftOut(read) ? { ...read, span: [valueStart, valueStart] as const } : read
    const before = readGap(this.text, [valueStart, Math.max(valueStart, node.span[0])])
    const commentsBeforeValue = before.filter((token) => token.type === 'comment').map((token) => token.span)
    return { start: valueStart, valueStart, commentsBeforeValue, value: node }
  }

  #readSequence(node: YamlSequence, place: Place): TreeSequence {
    const collection = this.#collection(node, false)
    const items: TreeSlot[] = []
    let from = collection.span[0] + (node.flow ? 1 : 0)
    for (const [index, item] of node.items.entries()) {
      const dash = node.flow
        ? undefined
        : readGap(this.text, [from, this.text.length]).find(({ type }) => type === 'dash')
      const valueStart = dash?.span[1] ?? this.#start(item)
      const inside = { path: joinIndex(place.path, index), inFlow: place.inFlow || node.flow, valueStart }
      const slot = { ...this.#slot(item, inside), start: dash?.span[0] ?? valueStart }
      items.push(slot)
      from = Math.max(endOf(slot.value), slot.valueStart)
    }
    return { kind: 'seq', ...place, ...collection, flow: node.flow, items }
  }

  /** Where a collection's content begins, behind its properties. */
  #collection(node: YamlMapping | YamlSequence, ownsKey: boolean) {
    const start = this.#start(node)
    const [, end] = this.#span(node)
    const found = ownsKey ? [] : readGap(this.text, [start, end])
    const firstIndicator = found.findIndex(({ type }) => type === 'dash' || type === 'question')
    const before = firstIndicator < 0 ? found : found.slice(0, firstIndicator)
    const properties = before.slice(
      0,
      before.findLastIndex(({ type }) => type === 'anchor' || type === 'tag') + 1,
    )
    const first = found[firstIndicator]?.span[0]
    const last = properties.at(-1)?.span[1] ?? start
    const content = first ?? skipBlank(this.text, last, end)
    const span: Span = [content, Math.max(content, end)]
    return { tag: node.tag, span, indent: this.#column(content), ...spansOf(properties) }
  }

  #column(offset: number): number {
    const lineStart = this.text.lastIndexOf('\n', offset - 1) + 1
    return offset - lineStart - (this.text[lineStart] === '\ufeff' ? 1 : 0)
  }
}

/** Offset of the first content: neither white space nor comment. */
function skipBlank(text: string, from: number, end: number): number {
  const comment = readGap(text, [from, end]).findLast(({ type }) => type === 'comment')
  const at = text.slice(comment?.span[1] ?? from, end).search(/\S/)
  return at < 0 ? from : (comment?.span[1] ?? from) + at
}

function spansOf(properties: readonly GapToken[]): { anchorSpan?: Span; tagSpan?: Span } {
  const anchor = properties.find(({ type }) => type === 'anchor')
  const tag = properties.find(({ type }) => type === 'tag')
  return {
    ...(anchor === undefined ? {} : { anchorSpan: anchor.span }),
    ...(tag === undefined ? {} : { tagSpan: tag.span }),
  }
}

function isLeftOut(node: TreeScalar): boolean {
  return node.span[0] === node.span[1] && node.anchorSpan === undefined && node.tagSpan === undefined
}

/** Where a node ends: behind its last written character, or the blank lines that a `+` block scalar keeps. */
export function endOf(node: TreeNode): number {
  if (node.kind === 'scalar') return node.block?.end ?? node.span[1]
  if (node.kind === 'alias' || node.flow) return node.span[1]
  const last = node.kind === 'map' ? node.entries.at(-1) : node.items.at(-1)
  return last === undefined ? node.span[1] : Math.max(endOf(last.value), last.valueStart)
}

/** The scalar that stands last in a node. */
export function lastScalar(node: TreeNode): TreeScalar | undefined {
  if (node.kind === 'scalar') return node
  if (node.kind === 'alias' || node.flow) return undefined
  const last = node.kind === 'map' ? node.entries.at(-1) : node.items.at(-1)
  return last === undefined ? undefined : lastScalar(last.value)
}
