import { parserError, YamlError } from './error'
import { type Mark, START } from './mark'
import { lastEnd, mapping, scalar, sequence, shortTag, type YamlEntry, type YamlNode } from './node'
import { Scanner } from './scanner'
import type { AliasToken, ScalarToken, TagToken, Token } from './token'

/** Bounds of one document; crossing one is a {@link YamlError} with the code of that limit. */
export interface YamlLimits {
  readonly nodes: number
  readonly depth: number
  readonly aliases: number
}

type TokenType = Token['type']

const NO_CONTENT: readonly TokenType[] = [
  'version-directive',
  'tag-directive',
  'document-start',
  'document-end',
  'stream-end',
]

const DEFAULT_TAG_HANDLES: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
]

interface Properties {
  readonly tag: string
  readonly anchored: boolean
  /** Where the node begins, its properties included. */
  readonly start: Mark
  readonly end: Mark
}

/** Where an inner node may stand: in block style or not, and whether `-` may be at its parent's column. */
interface Place {
  readonly block: boolean
  readonly indentless: boolean
}

const FLOW: Place = { block: false, indentless: false }
const BLOCK: Place = { block: true, indentless: false }
const MAPPING_ITEM: Place = { block: true, indentless: true }

/** Builds the nodes of the first document of a stream; grammar and problems are those of libyaml. */
export class Parser {
  private readonly scanner: Scanner
  private readonly anchors = new Set<string>()
  private readonly tagHandles = new Map(DEFAULT_TAG_HANDLES)
  private nodes = 0
  private aliases = 0
  private depth = 0

  constructor(
    text: string,
    private readonly limits: YamlLimits,
  ) {
    this.scanner = new Scanner(text)
  }

  /** How far the source was read. */
  get offset(): number {
    return this.scanner.cursor.offset
  }

  /** @returns the root node, or undefined when the stream has no document */
  parseDocument(): YamlNode | undefined {
    const first = this.scanner.peek()
    if (first.type === 'stream-end') return undefined
    if (NO_CONTENT.includes(first.type) && first.type !== 'document-end') this.parseDocumentStart()
    else return this.endDocument(this.parseNode(BLOCK))
    const token = this.scanner.peek()
    if (NO_CONTENT.includes(token.type)) return this.endDocument(this.emptyScalar(token.start))
    return this.endDocument(this.parseNode(BLOCK))
  }

  private endDocument(root: YamlNode): YamlNode {
    this.scanner.peek()
    return root
  }

  private parseDocumentStart(): void {
    this.parseDirectives()
    const token = this.scanner.peek()
    if (token.type !== 'document-start') {
      throw parserError(START, 'did not find expected <document start>', token.start)
    }
    this.scanner.skip()
  }

  private parseDirectives(): void {
    let versioned = false
    const handles = new Set<string>()
    for (;;) {
      const token = this.scanner.peek()
      if (token.type === 'version-directive') {
        if (versioned) throw parserError(START, 'found duplicate %YAML directive', token.start)
        if (token.major !== 1 || token.minor !== 1) {
          throw parserError(START, 'found incompatible YAML document', token.start)
        }
        versioned = true
      } else if (token.type === 'tag-directive') {
        if (handles.has(token.handle)) throw parserError(START, 'found duplicate %TAG directive', token.start)
        handles.add(token.handle)
        this.tagHandles.set(token.handle, token.prefix)
      } else {
        return
      }
      this.scanner.skip()
    }
  }

  private parseNode(place: Place): YamlNode {
    const token = this.scanner.peek()
    this.count()
    if (token.type === 'alias') return this.parseAlias(token)
    const properties = this.parseProperties()
    const content = this.scanner.peek()
    if (place.indentless && content.type === 'block-entry') return this.parseIndentless(properties)
    if (content.type === 'scalar') return this.parseScalar(content, properties)
    this.enter()
    const collection = this.parseCollection(content.type, place, properties)
    this.depth--
    if (collection !== undefined) return collection
    if (properties.anchored || properties.tag !== '') return this.emptyScalar(properties.end, properties)
    throw parserError(properties.start, 'did not find expected node content', content.start)
  }

  private parseCollection(type: TokenType, place: Place, properties: Properties): YamlNode | undefined {
    if (type === 'flow-sequence-start') return this.parseFlowSequence(properties)
    if (type === 'flow-mapping-start') return this.parseFlowMapping(properties)
    if (place.block && type === 'block-sequence-start') return this.parseBlockSequence(properties)
    if (place.block && type === 'block-mapping-start') return this.parseBlockMapping(properties)
    return undefined
  }

  private count(): void {
    this.nodes++
    if (this.nodes > this.limits.nodes) {
      throw new YamlError(`a definition may have at most ${this.limits.nodes} YAML nodes`, 'limit.nodes')
    }
  }

  private enter(): void {
    this.depth++
    if (this.depth > this.limits.depth) {
      throw new YamlError(
        `a definition may be nested at most ${this.limits.depth} levels deep`,
        'limit.depth',
      )
    }
  }

  private countAlias(): void {
    this.aliases++
    if (this.aliases > this.limits.aliases) {
      const most = `at most ${this.limits.aliases} anchors and aliases`
      throw new YamlError(`a definition may have ${most}`, 'limit.aliases')
    }
  }

  private parseAlias(token: AliasToken): YamlNode {
    this.countAlias()
    this.scanner.skip()
    if (!this.anchors.has(token.name)) throw new YamlError(`unknown anchor '${token.name}' referenced`)
    const span = { start: token.start.offset, end: token.end.offset }
    return { kind: 'alias', name: token.name, start: token.start, span }
  }

  /** An anchor and a tag, in either order. */
  private parseProperties(): Properties {
    const first = this.scanner.peek()
    let end = first.start
    let tag: TagToken | undefined
    let anchor: string | undefined
    for (;;) {
      const token = this.scanner.peek()
      if (token.type === 'tag' && tag === undefined) tag = token
      else if (token.type === 'anchor' && anchor === undefined) anchor = token.name
      else break
      end = token.end
      this.scanner.skip()
    }
    if (anchor !== undefined) {
      this.countAlias()
      this.anchors.add(anchor)
    }
    return { tag: this.resolveTag(tag, first.start), anchored: anchor !== undefined, start: first.start, end }
  }

  private resolveTag(tag: TagToken | undefined, start: Mark): string {
    if (tag === undefined) return ''
    if (tag.handle === '') return shortTag(tag.suffix)
    const prefix = this.tagHandles.get(tag.handle)
    if (prefix === undefined) throw parserError(start, 'found undefined tag handle', tag.start)
    return shortTag(prefix + tag.suffix)
  }

  private parseScalar(token: ScalarToken, properties: Properties): YamlNode {
    this.scanner.skip()
    const span = { start: token.start.offset, end: token.end.offset }
    return scalar(properties, { value: token.value, style: token.style, span })
  }

  /** A scalar that is not written. */
  private emptyScalar(at: Mark, properties?: Properties): YamlNode {
    const span = { start: at.offset, end: at.offset }
    const { tag, start } = properties ?? { tag: '', start: at }
    if (properties === undefined) this.count()
    return scalar({ tag, start }, { value: '', style: 'plain', span })
  }

  private parseBlockSequence(properties: Properties): YamlNode {
    const opening = this.takeToken()
    const items: YamlNode[] = []
    for (;;) {
      const token = this.scanner.peek()
      if (token.type === 'block-end') break
      if (token.type !== 'block-entry') {
        throw parserError(opening.start, "did not find expected '-' indicator", token.start)
      }
      this.scanner.skip()
      items.push(this.parseItem(token.end, BLOCK, ['block-entry', 'block-end']))
    }
    this.scanner.skip()
    return sequence(properties, { items, flow: false, end: lastEnd(items, opening.end) })
  }

  /** A block sequence at the column of the mapping key that it belongs to. */
  private parseIndentless(properties: Properties): YamlNode {
    this.enter()
    const items: YamlNode[] = []
    for (;;) {
      const token = this.scanner.peek()
      if (token.type !== 'block-entry') break
      this.scanner.skip()
      items.push(this.parseItem(token.end, BLOCK, ['block-entry', 'key', 'value', 'block-end']))
    }
    this.depth--
    return sequence(properties, { items, flow: false, end: lastEnd(items, properties.end) })
  }

  /** The node behind an indicator, empty when one of the given tokens follows. */
  private parseItem(after: Mark, place: Place, empty: readonly TokenType[]): YamlNode {
    return empty.includes(this.scanner.peek().type) ? this.emptyScalar(after) : this.parseNode(place)
  }

  private parseBlockMapping(properties: Properties): YamlNode {
    const opening = this.takeToken()
    const entries: YamlEntry[] = []
    for (;;) {
      const token = this.scanner.peek()
      if (token.type === 'block-end') break
      if (token.type !== 'key') throw parserError(opening.start, 'did not find expected key', token.start)
      this.scanner.skip()
      const key = this.parseItem(token.end, MAPPING_ITEM, ['key', 'value', 'block-end'])
      entries.push({ key, value: this.parseBlockValue() })
    }
    this.scanner.skip()
    return mapping(properties, {
      entries,
      flow: false,
      end: entries.at(-1)?.value.span.end ?? opening.end.offset,
    })
  }

  private parseBlockValue(): YamlNode {
    const token = this.scanner.peek()
    if (token.type !== 'value') return this.emptyScalar(token.start)
    this.scanner.skip()
    return this.parseItem(token.end, MAPPING_ITEM, ['key', 'value', 'block-end'])
  }

  private parseFlowSequence(properties: Properties): YamlNode {
    const opening = this.takeToken()
    const items: YamlNode[] = []
    for (let first = true; this.scanner.peek().type !== 'flow-sequence-end'; first = false) {
      if (!first) this.takeComma(opening.start, "did not find expected ',' or ']'")
      const token = this.scanner.peek()
      if (token.type === 'flow-sequence-end') break
      items.push(token.type === 'key' ? this.parsePair() : this.parseNode(FLOW))
    }
    const closing = this.takeToken()
    return sequence(properties, { items, flow: true, end: closing.end.offset })
  }

  private takeComma(opening: Mark, problem: string): void {
    const token = this.scanner.peek()
    if (token.type !== 'flow-entry') throw parserError(opening, problem, token.start)
    this.scanner.skip()
  }

  /** `[a: b]`, a sequence item that is a mapping of one entry. */
  private parsePair(): YamlNode {
    const opening = this.takeToken()
    this.count()
    const key = this.parsePairKey()
    const value = this.parsePairValue()
    const properties = { tag: '', start: opening.start }
    return mapping(properties, { entries: [{ key, value }], flow: true, end: value.span.end })
  }

  private parsePairKey(): YamlNode {
    const token = this.scanner.peek()
    if (!['value', 'flow-entry', 'flow-sequence-end'].includes(token.type)) return this.parseNode(FLOW)
    this.scanner.skip()
    return this.emptyScalar(token.end)
  }

  private parsePairValue(): YamlNode {
    const token = this.scanner.peek()
    if (token.type !== 'value') return this.emptyScalar(token.start)
    this.scanner.skip()
    const next = this.scanner.peek()
    if (next.type === 'flow-entry' || next.type === 'flow-sequence-end') return this.emptyScalar(next.start)
    return this.parseNode(FLOW)
  }

  private parseFlowMapping(properties: Properties): YamlNode {
    const opening = this.takeToken()
    const entries: YamlEntry[] = []
    for (let first = true; this.scanner.peek().type !== 'flow-mapping-end'; first = false) {
      if (!first) this.takeComma(opening.start, "did not find expected ',' or '}'")
      const token = this.scanner.peek()
      if (token.type === 'flow-mapping-end') break
      entries.push(token.type === 'key' ? this.parseFlowEntry() : this.parseLoneKey())
    }
    const closing = this.takeToken()
    return mapping(properties, { entries, flow: true, end: closing.end.offset })
  }

  private parseFlowEntry(): YamlEntry {
    this.scanner.skip()
    const token = this.scanner.peek()
    const absent = ['value', 'flow-entry', 'flow-mapping-end'].includes(token.type)
    const key = absent ? this.emptyScalar(token.start) : this.parseNode(FLOW)
    return { key, value: this.parseFlowValue() }
  }

  private parseFlowValue(): YamlNode {
    const token = this.scanner.peek()
    if (token.type !== 'value') return this.emptyScalar(token.start)
    this.scanner.skip()
    const next = this.scanner.peek()
    if (next.type === 'flow-entry' || next.type === 'flow-mapping-end') return this.emptyScalar(next.start)
    return this.parseNode(FLOW)
  }

  /** `{a}`: a key without a value. */
  private parseLoneKey(): YamlEntry {
    const key = this.parseNode(FLOW)
    return { key, value: this.emptyScalar(this.scanner.peek().start) }
  }

  private takeToken(): Token {
    const token = this.scanner.peek()
    this.scanner.skip()
    return token
  }
}
