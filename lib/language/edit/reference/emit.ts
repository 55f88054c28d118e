import type { ScalarStyle } from '../../syntax/node'
import { utf8Length } from '../../text/utf8'
import { analyseText } from '../scalar-style'
import { ScalarWriter } from './emit-scalar'
import type { ReferenceDocument, ReferenceNode } from './node'
import { resolvedTag } from './parse'
import { Sheet } from './sheet'

/** Writes a document, or a node standing alone, exactly as the reference's YAML library does (language.md §20). */
export function emitReference(document: ReferenceDocument, options: { readonly indent: number }): string {
  return new Emitter(options.indent).document(document)
}

/** What the node being written stands in. */
interface Place {
  /** An element of a block sequence: the first block inside goes two columns further. */
  readonly item: boolean
  readonly simpleKey: boolean
}

const value: Place = { item: false, simpleKey: false }
const item: Place = { item: true, simpleKey: false }
const simpleKey: Place = { item: false, simpleKey: true }

const nothing = (): void => undefined

/** A key longer than this is written with `?`. */
const longestSimpleKey = 128

class Emitter {
  readonly #sheet = new Sheet()
  readonly #scalars: ScalarWriter
  #flowLevel = 0
  #head = ''
  #line = ''
  #foot = ''
  /** A foot comment that waits until the whole entry is written. */
  #tail = ''
  #keyLine = ''

  constructor(readonly best: number) {
    this.#scalars = new ScalarWriter(this.#sheet, { indent: best, beside: () => this.#writeLine() })
  }

  document({ root, head, foot }: ReferenceDocument): string {
    if (head !== '') {
      this.#head = head
      this.#writeHead()
      this.#sheet.break()
    }
    if (root !== undefined) {
      this.#load(root)
      this.#writeHead()
      this.#node(root, value)
    }
    this.#sheet.footIndent = 0
    if (foot !== '') this.#foot = foot
    this.#writeFoot()
    this.#sheet.footIndent = -1
    this.#sheet.writeIndent()
    return this.#sheet.text
  }

  /** The comments of a node come into play when its turn comes; those of a collection's end when it ends. */
  #load(node: ReferenceNode, tail = ''): void {
    const { kind, head, line, foot } = node
    const isCollection = kind === 'mapping' || kind === 'sequence'
    if (head !== '') this.#head = head
    if (!isCollection && line !== '') this.#line = line
    if (!isCollection && foot !== '') this.#foot = foot
    if (tail !== '') this.#tail = tail
  }

  #loadEnd({ line, foot }: ReferenceNode, tail = ''): void {
    if (line !== '') this.#line = line
    if (foot !== '') this.#foot = foot
    if (tail !== '') this.#tail = tail
  }

  /** `beside` writes what is pending: behind a scalar, but already at the beginning of a collection. */
  #node(node: ReferenceNode, place: Place, beside = () => this.#writeBeside()): void {
    if (node.kind === 'alias') this.#sheet.indicator(`*${node.value}`, { spaceBefore: true })
    else if (node.anchor !== '') this.#sheet.indicator(`&${node.anchor}`, { spaceBefore: true })
    if (node.kind === 'scalar') this.#scalar(node, place)
    const isCollection = node.kind === 'mapping' || node.kind === 'sequence'
    if (isCollection) this.#writeTag(presentation(node).tag)
    beside()
    if (isCollection) this.#collection(node, place)
  }

  #writeBeside(): void {
    this.#writeLine()
    this.#writeFoot()
  }

  #scalar(node: ReferenceNode, place: Place): void {
    const { tag, style } = presentation(node)
    const chosen = this.#style(node, { style, tag, simpleKey: place.simpleKey })
    this.#writeTag(tag)
    this.#deeper(place, { flow: true }, () => this.#scalars.write(node.value, chosen))
  }

  /** The style that can hold the text (language.md §20, "Scalar style"). */
  #style(node: ReferenceNode, wish: { style: ScalarStyle; tag: string; simpleKey: boolean }): ScalarStyle {
    const analysis = analyseText(node.value, { astral: false })
    const inFlow = this.#flowLevel > 0
    let { style } = wish
    if (wish.simpleKey && analysis.multiline) style = 'double'
    if (style === 'plain') {
      if (inFlow ? !analysis.plainInFlow : !analysis.plainInBlock) style = 'single'
      if (node.value === '' && (inFlow || wish.simpleKey)) style = 'single'
    }
    if (style === 'single' && !analysis.single) style = 'double'
    const block = style === 'literal' || style === 'folded'
    return block && (!analysis.block || inFlow || wish.simpleKey) ? 'double' : style
  }

  #writeTag(tag: string): void {
    if (tag === '') return
    this.#sheet.indicator(writtenTag(tag), { spaceBefore: true })
  }

  #collection(node: ReferenceNode, place: Place): void {
    const inBrackets = this.#flowLevel > 0 || node.flow || node.content.length === 0
    if (node.kind === 'sequence') {
      if (inBrackets) this.#flowSequence(node, place)
      else this.#blockSequence(node, place)
    } else if (inBrackets) this.#flowMapping(node, place)
    else this.#blockMapping(node, place)
  }

  #deeper(place: Place, { flow }: { flow: boolean }, write: () => void): void {
    const outer = this.#sheet.indent
    if (outer < 0) this.#sheet.indent = flow ? this.best : 0
    else if (place.item) this.#sheet.indent = outer + 2
    else this.#sheet.indent = this.best * Math.floor((outer + this.best) / this.best)
    write()
    this.#sheet.indent = outer
  }

  #blockSequence(node: ReferenceNode, place: Place): void {
    this.#deeper(place, { flow: false }, () => {
      for (const child of node.content) {
        this.#load(child)
        this.#writeHead()
        this.#sheet.writeIndent()
        this.#sheet.indicator('-', { spaceBefore: true, keepsIndent: true })
        this.#node(child, item)
      }
    })
    this.#loadEnd(node)
  }

  #blockMapping(node: ReferenceNode, place: Place): void {
    this.#deeper(place, { flow: false }, () => {
      let tail = ''
      for (let at = 0; at + 1 < node.content.length; at += 2) {
        const [key, child] = [node.content[at], node.content[at + 1]]
        if (key === undefined || child === undefined) break
        this.#blockEntry(key, child, tail)
        tail = key.foot
      }
      this.#loadEnd(node, tail)
      this.#writeHead()
    })
  }

  #blockEntry(key: ReferenceNode, child: ReferenceNode, tail: string): void {
    this.#load({ ...key, foot: '' }, tail)
    this.#writeHead()
    this.#sheet.writeIndent()
    if (this.#line !== '') {
      this.#keyLine = this.#line
      this.#line = ''
    }
    if (isSimpleKey(key)) {
      this.#node(key, simpleKey, nothing)
      this.#load(child)
      this.#sheet.indicator(':', {})
    } else {
      this.#sheet.indicator('?', { spaceBefore: true, keepsIndent: true })
      this.#node(key, value, nothing)
      this.#load(child)
      this.#sheet.writeIndent()
      this.#sheet.indicator(':', { spaceBefore: true, keepsIndent: true })
    }
    this.#placeKeyLine(child)
    this.#node(child, value)
  }

  /** A comment beside a key goes behind a scalar, or before a block that follows. */
  #placeKeyLine(child: ReferenceNode): void {
    if (this.#keyLine === '') return
    if (child.kind === 'scalar') {
      if (this.#line !== '') return
      this.#line = this.#keyLine
      this.#keyLine = ''
    } else if (child.kind !== 'alias' && !child.flow) {
      const line = this.#line
      this.#line = this.#keyLine
      this.#writeLine()
      this.#keyLine = this.#line
      this.#line = line
    }
  }

  #flowSequence(node: ReferenceNode, place: Place): void {
    this.#sheet.indicator('[', { spaceBefore: true, isSpace: true })
    this.#deeper(place, { flow: true }, () => {
      this.#flowLevel++
      let trail = true
      for (const child of node.content) {
        if (!trail) this.#sheet.indicator(',', {})
        this.#load(child)
        trail = this.#flowChild(child, () => {
          this.#writeHead()
          if (this.#sheet.column === 0) this.#sheet.writeIndent()
        })
      }
      this.#flowLevel--
    })
    this.#loadEnd(node)
    if (this.#sheet.column === 0) this.#sheet.writeIndent()
    this.#closeFlow(']')
  }

  /** Writes an element or a value; when a comment follows it, the comma goes before the comment. */
  #flowChild(child: ReferenceNode, before: () => void): boolean {
    before()
    const hadComment = this.#hasTrailing()
    this.#node(child, value, () => {
      if (this.#hasTrailing()) this.#sheet.indicator(',', {})
      this.#writeBeside()
    })
    return hadComment
  }

  #hasTrailing(): boolean {
    return this.#line !== '' || this.#foot !== '' || this.#tail !== ''
  }

  #flowMapping(node: ReferenceNode, place: Place): void {
    this.#sheet.indicator('{', { spaceBefore: true, isSpace: true })
    this.#deeper(place, { flow: true }, () => {
      this.#flowLevel++
      let tail = ''
      let trail = true
      for (let at = 0; at + 1 < node.content.length; at += 2) {
        const [key, child] = [node.content[at], node.content[at + 1]]
        if (key === undefined || child === undefined) break
        if (!trail) this.#sheet.indicator(',', {})
        trail = this.#flowEntry(key, child, tail)
        tail = key.foot
      }
      this.#loadEnd(node, tail)
      if (this.#head + this.#foot + this.#tail !== '' && node.content.length > 0 && !trail)
        this.#sheet.indicator(',', {})
      this.#writeHead()
      this.#flowLevel--
    })
    this.#closeFlow('}')
  }

  #flowEntry(key: ReferenceNode, child: ReferenceNode, tail: string): boolean {
    this.#load({ ...key, foot: '' }, tail)
    this.#writeHead()
    if (this.#sheet.column === 0) this.#sheet.writeIndent()
    const simple = isSimpleKey(key)
    if (!simple) this.#sheet.indicator('?', { spaceBefore: true })
    this.#node(key, simple ? simpleKey : value, nothing)
    this.#load(child)
    this.#sheet.indicator(':', { spaceBefore: !simple })
    return this.#flowChild(child, () => undefined)
  }

  #closeFlow(bracket: string): void {
    this.#sheet.indicator(bracket, {})
    this.#writeBeside()
  }

  #writeHead(): void {
    if (this.#tail !== '') {
      this.#sheet.writeIndent()
      this.#sheet.comment(this.#tail)
      this.#tail = ''
      this.#sheet.footIndent = Math.max(0, this.#sheet.indent)
    }
    if (this.#head === '') return
    this.#sheet.writeIndent()
    this.#sheet.comment(this.#head)
    this.#head = ''
  }

  #writeLine(): void {
    if (this.#line === '') return
    this.#sheet.space()
    this.#sheet.comment(this.#line)
    this.#line = ''
  }

  #writeFoot(): void {
    if (this.#foot === '') return
    this.#sheet.writeIndent()
    this.#sheet.comment(this.#foot)
    this.#foot = ''
    this.#sheet.footIndent = Math.max(0, this.#sheet.indent)
  }
}

/** The tag to write, if any, and the style to wish for (language.md §20, "Tags"). */
function presentation(node: ReferenceNode): { tag: string; style: ScalarStyle } {
  const { kind, tag, tagged, style, value: text } = node
  if (kind !== 'scalar') {
    const own = kind === 'mapping' ? '!!map' : '!!seq'
    return { tag: tagged || tag !== own ? tag : '', style }
  }
  const wish = style === 'plain' && text.includes('\n') ? 'literal' : style
  if (tagged || tag === '') return { tag, style: wish }
  if (tag === '!!str' && style !== 'plain') return { tag: '', style: wish }
  if (resolvedTag(text) === tag) return { tag: '', style: wish }
  if (tag === '!!str') return { tag: '', style: wish === 'plain' ? 'double' : wish }
  return { tag, style: wish }
}

/** Characters that a tag cannot hold are written as `%` and two digits for every byte. */
function writtenTag(tag: string): string {
  const handle = /^!!?/.exec(tag)?.[0]
  const suffix = encodeURI(tag.slice(handle?.length ?? 0)).replaceAll(/[!#]/g, (mark) =>
    mark === '!' ? '%21' : '%23',
  )
  return handle === undefined ? `!<${suffix}>` : handle + suffix
}

function isSimpleKey(node: ReferenceNode): boolean {
  const own =
    utf8Length(node.anchor) +
    (node.kind === 'alias' ? utf8Length(node.value) : utf8Length(presentation(node).tag))
  if (node.kind === 'alias') return own <= longestSimpleKey
  if (node.kind !== 'scalar') return node.content.length === 0 && own <= longestSimpleKey
  if (analyseText(node.value, { astral: false }).multiline) return false
  return own + utf8Length(node.value) <= longestSimpleKey
}
