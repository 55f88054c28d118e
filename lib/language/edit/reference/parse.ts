import { DEFAULT_LIMITS } from '../../limits'
import { resolveScalar } from '../../syntax/scalar-kind'
import { shortTag } from '../../syntax/yaml/node'
import { Parser } from '../../syntax/yaml/parser'
import type { ScalarToken, TagToken, Token } from '../../syntax/yaml/token'
import { mappingNode, type ReferenceDocument, type ReferenceNode, scalarNode, sequenceNode } from './node'
import { CommentedTokens } from './tokens'

/**
 * Reads the first document of a text with its comments where the reference puts them.
 *
 * @throws YamlError when the text is not YAML, or beyond the limits of a definition
 */
export function parseReference(text: string): ReferenceDocument {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text
  // The parser below relies on what this one has checked: grammar, nesting, number of nodes.
  new Parser(body, DEFAULT_LIMITS).parseDocument()
  return new ReferenceParser(body).document()
}

type TokenType = Token['type']

const noContent: readonly TokenType[] = [
  'version-directive',
  'tag-directive',
  'document-start',
  'document-end',
  'stream-end',
]

interface Place {
  readonly block: boolean
  readonly indentless: boolean
}

class ReferenceParser {
  readonly #tokens: CommentedTokens
  readonly #handles = new Map([
    ['!', '!'],
    ['!!', 'tag:yaml.org,2002:'],
  ])
  /** The head comment of a collection below a dash, which is not that of its first member. */
  #stem = ''

  constructor(text: string) {
    this.#tokens = new CommentedTokens(text)
  }

  document(): ReferenceDocument {
    if (this.#tokens.peek().type === 'stream-end') return { root: undefined, head: '', foot: '' }
    const head = this.#documentStart()
    const empty = noContent.includes(this.#tokens.peek().type)
    const root = empty ? emptyScalar() : this.#node({ block: true, indentless: false })
    if (this.#tokens.peek().type === 'document-end') this.#tokens.skip()
    const rest = this.#tokens.take()
    return { root, head, foot: rest.foot === '' ? rest.head : rest.foot }
  }

  /** An explicit start keeps all comments for the root; else those above an empty line belong to the document. */
  #documentStart(): string {
    const { pending } = this.#tokens
    if (!noContent.includes(this.#tokens.peek().type)) {
      const [head, rest] = splitHead(pending.head)
      pending.head = rest
      return head
    }
    for (let token = this.#tokens.peek(); token.type !== 'document-start'; token = this.#tokens.peek()) {
      if (token.type === 'tag-directive') this.#handles.set(token.handle, token.prefix)
      this.#tokens.skip()
    }
    this.#tokens.skip()
    return ''
  }

  #node(place: Place): ReferenceNode {
    const token = this.#tokens.peek()
    if (token.type === 'alias') return this.#alias(token.name)
    const { anchor, tag } = this.#properties()
    const node = this.#content(place)
    node.anchor = anchor
    if (tag !== '' && tag !== '!') Object.assign(node, { tag, tagged: true })
    else if (tag === '!' && node.kind === 'scalar' && node.style === 'plain')
      node.tag = resolvedTag(node.value)
    return node
  }

  #content({ block, indentless }: Place): ReferenceNode {
    const token = this.#tokens.peek()
    if (indentless && token.type === 'block-entry') return this.#indentlessSequence()
    if (token.type === 'scalar') return this.#scalar(token)
    if (token.type === 'flow-sequence-start') return this.#flowSequence()
    if (token.type === 'flow-mapping-start') return this.#flowMapping()
    if (block && token.type === 'block-sequence-start') return this.#blockSequence()
    if (block && token.type === 'block-mapping-start') return this.#blockMapping()
    return emptyScalar()
  }

  #alias(name: string): ReferenceNode {
    const node = Object.assign(scalarNode(name, ''), { kind: 'alias' as const }, this.#tokens.take())
    this.#stem = ''
    this.#tokens.skip()
    return node
  }

  #properties(): { anchor: string; tag: string } {
    let anchor = ''
    let tag = ''
    for (;;) {
      const token = this.#tokens.peek()
      if (token.type === 'anchor') anchor = token.name
      else if (token.type === 'tag') tag = this.#tag(token)
      else return { anchor, tag }
      this.#tokens.skip()
    }
  }

  #tag({ handle, suffix }: TagToken): string {
    return shortTag((this.#handles.get(handle) ?? '') + suffix)
  }

  #scalar({ value, style }: ScalarToken): ReferenceNode {
    const tag = style === 'plain' ? (value === '<<' ? '!!merge' : resolvedTag(value)) : '!!str'
    const node = Object.assign(scalarNode(value, tag, style), this.#comments())
    this.#tokens.skip()
    return node
  }

  #comments() {
    this.#stem = ''
    return this.#tokens.take()
  }

  #takeStem(): string {
    const stem = this.#stem
    this.#stem = ''
    return stem
  }

  #blockSequence(): ReferenceNode {
    const node = sequenceNode()
    node.head = this.#takeStem()
    this.#tokens.skip()
    while (this.#tokens.peek().type === 'block-entry')
      node.content.push(this.#item(['block-entry', 'block-end']))
    this.#tokens.skip()
    return node
  }

  #indentlessSequence(): ReferenceNode {
    const node = sequenceNode()
    const empty: readonly TokenType[] = ['block-entry', 'key', 'value', 'block-end']
    while (this.#tokens.peek().type === 'block-entry') node.content.push(this.#item(empty))
    return node
  }

  #item(empty: readonly TokenType[]): ReferenceNode {
    const { pending } = this.#tokens
    const length = pending.head.length
    this.#tokens.skip()
    const next = this.#tokens.peek().type
    if (length > 0 && (next === 'block-sequence-start' || next === 'block-mapping-start')) {
      this.#stem = pending.head.slice(0, length)
      pending.head = pending.head.slice(length + 1)
    }
    return empty.includes(this.#tokens.peek().type)
      ? emptyScalar()
      : this.#node({ block: true, indentless: false })
  }

  #blockMapping(): ReferenceNode {
    const node = mappingNode()
    node.head = this.#takeStem()
    this.#tokens.skip()
    while (this.#tokens.peek().type === 'key') {
      const key = this.#keyOf(node)
      const value = this.#blockValue()
      node.content.push(value)
      liftFoot(key, value)
    }
    const { line, foot } = this.#comments()
    this.#tokens.skip()
    node.line = line
    const last = node.content.at(-2)
    if (foot !== '' && last !== undefined) last.foot = foot
    return node
  }

  /** A foot comment found at a key is about the entry before it. */
  #keyOf(node: ReferenceNode): ReferenceNode {
    const previous = node.content.at(-2)
    this.#tokens.skip()
    const absent = ['key', 'value', 'block-end'].includes(this.#tokens.peek().type)
    const key = absent ? emptyScalar() : this.#node({ block: true, indentless: true })
    node.content.push(key)
    if (key.foot !== '' && previous !== undefined) {
      previous.foot = key.foot
      key.foot = ''
    }
    return key
  }

  #blockValue(): ReferenceNode {
    if (this.#tokens.peek().type !== 'value') return emptyScalar()
    this.#tokens.skip()
    const absent = ['key', 'value', 'block-end'].includes(this.#tokens.peek().type)
    return absent ? emptyScalar() : this.#node({ block: true, indentless: true })
  }

  #flowSequence(): ReferenceNode {
    const node = Object.assign(sequenceNode(), { flow: true, head: this.#headComment() })
    this.#tokens.skip()
    for (let first = true; this.#tokens.peek().type !== 'flow-sequence-end'; first = false) {
      if (!first) this.#tokens.skip()
      const { type } = this.#tokens.peek()
      if (type === 'flow-sequence-end') break
      node.content.push(type === 'key' ? this.#flowPair() : this.#node({ block: false, indentless: false }))
    }
    return this.#closeFlow(node)
  }

  /** The comments at an opening bracket; what is beside or below it is replaced at the closing one. */
  #headComment(): string {
    return this.#comments().head
  }

  #closeFlow(node: ReferenceNode): ReferenceNode {
    const { line, foot } = this.#comments()
    this.#tokens.skip()
    return Object.assign(node, { line, foot })
  }

  #flowPair(): ReferenceNode {
    const node = Object.assign(mappingNode(), { flow: true })
    this.#tokens.skip()
    const absent = ['value', 'flow-entry', 'flow-sequence-end'].includes(this.#tokens.peek().type)
    if (absent) this.#tokens.skip()
    const key = absent ? emptyScalar() : this.#node({ block: false, indentless: false })
    const value = this.#flowValue('flow-sequence-end')
    liftFoot(key, value)
    node.content.push(key, value)
    return node
  }

  #flowMapping(): ReferenceNode {
    const node = Object.assign(mappingNode(), { flow: true, head: this.#headComment() })
    this.#tokens.skip()
    for (let first = true; this.#tokens.peek().type !== 'flow-mapping-end'; first = false) {
      if (!first) this.#tokens.skip()
      const { type } = this.#tokens.peek()
      if (type === 'flow-mapping-end') break
      const [key, value] =
        type === 'key' ? this.#flowEntry() : [this.#node({ block: false, indentless: false }), emptyScalar()]
      liftFoot(key, value)
      node.content.push(key, value)
    }
    return this.#closeFlow(node)
  }

  #flowEntry(): [ReferenceNode, ReferenceNode] {
    this.#tokens.skip()
    const absent = ['value', 'flow-entry', 'flow-mapping-end'].includes(this.#tokens.peek().type)
    const key = absent ? emptyScalar() : this.#node({ block: false, indentless: false })
    return [key, this.#flowValue('flow-mapping-end')]
  }

  #flowValue(end: TokenType): ReferenceNode {
    if (this.#tokens.peek().type !== 'value') return emptyScalar()
    this.#tokens.skip()
    const { type } = this.#tokens.peek()
    return type === 'flow-entry' || type === end
      ? emptyScalar()
      : this.#node({ block: false, indentless: false })
  }
}

function liftFoot(key: ReferenceNode, value: ReferenceNode): void {
  if (key.foot !== '' || value.foot === '') return
  key.foot = value.foot
  value.foot = ''
}

function emptyScalar(): ReferenceNode {
  return scalarNode('', '!!null')
}

/** Parts a head comment at its last empty line. */
function splitHead(head: string): [document: string, root: string] {
  for (let at = head.length - 1; at > 0; at--) {
    if (head[at] !== '\n') continue
    if (at === head.length - 1) return [head.slice(0, at), '']
    if (head[at - 1] === '\n') return [head.slice(0, at - 1), head.slice(at + 1)]
  }
  return ['', head]
}

/** The tag that a plain text has by itself. */
export function resolvedTag(text: string): string {
  const { kind } = resolveScalar(text, { timestamps: true })
  return kind === 'boolean' ? '!!bool' : kind === 'string' ? '!!str' : `!!${kind}`
}
