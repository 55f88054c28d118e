import { DEFAULT_LIMITS, type Limits } from '../limits'
import { fromBytes, utf8Length } from '../text/utf8'
import { decodeScalar } from './decode-scalar'
import type { Diagnostic } from './diagnostic'
import { LineIndex } from './line-index'
import type { ObjectEntry, SyntaxNode } from './node'
import { joinIndex, joinKey } from './path'
import { Placer } from './placer'
import { checkBytes } from './source'
import { findForbidden } from './yaml/characters'
import { YamlError } from './yaml/error'
import type { YamlMapping, YamlNode, YamlSequence } from './yaml/node'
import { Parser } from './yaml/parser'

export interface DecodeOptions {
  readonly environment: string
  readonly limits?: Partial<Limits> | undefined
}

export interface DecodeResult {
  readonly text: string
  /** The tree, holes included: an undecodable node is a null without range. Absent when there is no document. */
  readonly root: SyntaxNode | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Decodes the first YAML document of a definition (spec §3). */
export function decodeYaml(source: string | Uint8Array, options: DecodeOptions): DecodeResult {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const text = typeof source === 'string' ? source : fromBytes(source)
  try {
    if (utf8Length(text) > limits.definitionBytes) {
      throw new YamlError(`a definition may have at most ${limits.definitionBytes} bytes`, 'limit.bytes')
    }
    if (typeof source !== 'string') checkBytes(source)
    const decoder = new Decoder(options.environment, text)
    if (text === '') return { text, root: decoder.emptyObject(), diagnostics: [] }
    const document = parseYaml(text, limits)
    const root = document === undefined ? undefined : decoder.decodeRoot(document)
    return { text, root, diagnostics: decoder.diagnostics }
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    return { text, root: undefined, diagnostics: [syntaxError(error)] }
  }
}

function syntaxError({ code, message }: YamlError): Diagnostic {
  return { severity: 'error', code, summary: code === 'yaml' ? `yaml: ${message}` : message }
}

/** The reference reads its input in pieces of this size and refuses a piece as a whole. */
const PIECE = 512

function parseYaml(text: string, limits: Limits): YamlNode | undefined {
  const forbidden = findForbidden(text)
  const parser = new Parser(text, limits)
  try {
    const root = parser.parseDocument()
    if (forbidden < 0 || forbidden >= parser.offset + PIECE) return root
  } catch (error) {
    if (forbidden < 0 || Math.floor(forbidden / PIECE) * PIECE > parser.offset + 4) throw error
  }
  throw new YamlError('control characters are not allowed')
}

/** Turns YAML nodes into syntax nodes, children first. */
class Decoder {
  readonly diagnostics: Diagnostic[] = []
  private readonly placer: Placer

  constructor(environment: string, text: string) {
    this.placer = new Placer(environment, new LineIndex(text))
  }

  emptyObject(): SyntaxNode {
    return { kind: 'object', entries: [], flow: false, range: undefined, span: undefined, path: '' }
  }

  /** A null root counts as no document. */
  decodeRoot(node: YamlNode): SyntaxNode | undefined {
    const root = this.decode(node, '')
    return root.kind === 'null' && node.kind === 'scalar' ? undefined : root
  }

  private decode(node: YamlNode, path: string): SyntaxNode {
    switch (node.kind) {
      case 'scalar':
        return decodeScalar(node, {
          path,
          range: this.placer.rangeOf(node),
          report: (diagnostic) => this.diagnostics.push(diagnostic),
        })
      case 'sequence':
        return this.decodeSequence(node, path)
      case 'mapping':
        return this.decodeMapping(node, path)
      case 'alias': {
        const range = this.placer.rangeOf(node)
        this.diagnostics.push({
          severity: 'error',
          code: 'yaml',
          summary: 'alias nodes are not supported',
          path,
          range,
        })
        return hole(path)
      }
    }
  }

  private decodeSequence(node: YamlSequence, path: string): SyntaxNode {
    const elements = node.items.map((item, index) => this.decode(item, joinIndex(path, index)))
    return {
      kind: 'array',
      elements,
      flow: node.flow,
      range: this.placer.rangeOf(node),
      span: node.span,
      path,
    }
  }

  private decodeMapping(node: YamlMapping, path: string): SyntaxNode {
    const entries = node.entries.map((entry): ObjectEntry => {
      const name = entry.key.kind === 'scalar' ? entry.key.value : ''
      const at = joinKey(path, name)
      const key = this.decode(entry.key, at)
      if (key.kind !== 'string' && key.range !== undefined) {
        const summary = 'mapping keys must be strings'
        this.diagnostics.push({ severity: 'error', code: 'yaml', summary, path: at, range: key.range })
      }
      return { key, name, value: this.decode(entry.value, at) }
    })
    return {
      kind: 'object',
      entries,
      flow: node.flow,
      range: this.placer.rangeOf(node),
      span: node.span,
      path,
    }
  }
}

function hole(path: string): SyntaxNode {
  return { kind: 'null', style: 'plain', tagged: false, text: '', range: undefined, span: undefined, path }
}
