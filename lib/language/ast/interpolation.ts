import type { Report } from '../syntax/diagnostic'
import type { ScalarNode } from '../syntax/node'
import type { Range } from '../syntax/range'
import { scalarRange } from '../syntax/scalar-range'
import { fromByteString, toByteString } from '../text/utf8'
import type { Accessor, Extent, InterpolationPart, PropertyAccess } from './expression'

/**
 * Splits a string into texts and property accesses (spec §7.1). Never backtracks; every problem is reported and the scan
 * goes on with what was read.
 */
export function parseInterpolation(node: ScalarNode, report: Report): readonly InterpolationPart[] {
  if (!node.text.includes('$')) return node.text === '' ? [] : [{ text: node.text, access: undefined }]
  return new InterpolationScanner(node, report).scan()
}

const MIN_INT64 = -(1n << 63n)
const MAX_INT64 = (1n << 63n) - 1n

class InterpolationScanner {
  private offset = 0
  /** One character per byte: offsets, and the reference's idea of white space, are about bytes. */
  private readonly bytes: string

  constructor(
    private readonly node: ScalarNode,
    private readonly report: Report,
  ) {
    this.bytes = toByteString(node.text)
  }

  scan(): readonly InterpolationPart[] {
    const parts: InterpolationPart[] = []
    let text = ''
    while (this.offset < this.bytes.length) {
      const dollar = this.bytes.indexOf('$', this.offset)
      const end = dollar === -1 ? this.bytes.length : dollar
      text += this.bytes.slice(this.offset, end)
      this.offset = end
      const next = this.bytes[end + 1]
      if (next === '{') {
        this.offset += 2
        parts.push({ text: fromByteString(text), access: this.scanAccess() })
        text = ''
      } else if (end < this.bytes.length) {
        text += '$'
        this.offset += next === '$' ? 2 : 1
      }
    }
    if (text !== '') parts.push({ text: fromByteString(text), access: undefined })
    return parts
  }

  private error(from: number, summary: string): void {
    const range = this.range({ from, to: this.offset }) ?? this.node.range
    this.report({
      severity: 'error',
      code: 'interpolation',
      summary,
      path: this.node.path,
      ...(range && { range }),
    })
  }

  private range(extent: Extent): Range | undefined {
    return scalarRange(this.node, extent)
  }

  private extent(from: number): { readonly range: Range | undefined; readonly extent: Extent } {
    const extent = { from, to: this.offset }
    return { range: this.range(extent), extent }
  }

  /** What follows `${` (spec §7.2). */
  private scanAccess(): PropertyAccess {
    const accessors: Accessor[] = []
    for (;;) {
      const start = this.offset
      const next = this.bytes[start]
      if (next === undefined || isSpace(next)) {
        this.error(start, "missing closing brace '}' in interpolation")
        return this.finish(accessors, start)
      }
      if (next === '}') {
        this.offset++
        return this.finish(accessors, start)
      }
      if (next === '[') accessors.push(this.scanSubscript(accessors.length === 0))
      else accessors.push(this.scanName())
    }
  }

  private finish(accessors: Accessor[], start: number): PropertyAccess {
    if (accessors.length === 0) accessors.push({ kind: 'name', name: '', ...this.extent(start) })
    return { accessors }
  }

  private scanName(): Accessor {
    const start = this.offset
    if (this.bytes[start] === '.') this.offset++
    const name = this.takeUntil('.[}')
    if (name === '') this.error(start, 'property name must not be empty')
    return { kind: 'name', name: fromByteString(name), ...this.extent(start) }
  }

  private takeUntil(ends: string): string {
    const start = this.offset
    for (;;) {
      const next = this.bytes[this.offset]
      if (next === undefined || isSpace(next) || ends.includes(next)) break
      this.offset++
    }
    return this.bytes.slice(start, this.offset)
  }

  private scanSubscript(first: boolean): Accessor {
    const start = this.offset
    this.offset++
    const key = this.bytes[this.offset] === '"' ? this.scanKey(start) : this.scanIndex(start, first)
    if (this.bytes[this.offset] === ']') this.offset++
    else this.error(start, "subscript is missing closing bracket ']'")
    const place = this.extent(start)
    return typeof key === 'bigint'
      ? { kind: 'index', index: key, ...place }
      : { kind: 'key', name: fromByteString(key), ...place }
  }

  private scanKey(start: number): string {
    let key = ''
    this.offset++
    for (;;) {
      const next = this.bytes[this.offset]
      if (next === undefined) {
        this.error(start + 1, "key subscript is missing closing quote '\"'")
        return key
      }
      this.offset++
      if (next === '"') break
      const escaped = next === '\\' && this.bytes[this.offset] === '"'
      if (escaped) this.offset++
      key += escaped ? '"' : next
    }
    if (key === '') this.error(start + 1, 'key subscript must not be empty')
    return key
  }

  /** A malformed index becomes a key with its text. */
  private scanIndex(start: number, first: boolean): bigint | string {
    if (this.offset === this.bytes.length) return ''
    const text = this.takeUntil('].[}')
    const index = /^[-+]?[0-9]{1,40}$/.test(text) ? BigInt(text.replace('+', '')) : undefined
    if (index === undefined || index < MIN_INT64 || index > MAX_INT64) {
      this.error(start + 1, 'numeric subscript must be a positive base-10 integer')
      return text
    }
    if (first) {
      this.error(
        start,
        'the first accessor must be a property name or key subscript, not a numeric subscript',
      )
    }
    return index
  }
}

/** White space as the reference sees it: bytes read as Latin-1, so parts of some letters count (spec §7.2). */
function isSpace(byte: string): boolean {
  return byte === ' ' || (byte >= '\t' && byte <= '\r') || byte === '\x85' || byte === '\xa0'
}
