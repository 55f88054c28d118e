import type { Report } from '../syntax/diagnostic'
import type { ObjectNode, ScalarNode, SyntaxNode } from '../syntax/node'
import type { Range } from '../syntax/range'
import { goQuote } from '../text/go-quote'
import type { CallShape, CallShapes } from './call'
import type { Entry, Expression, StringExpression } from './expression'
import { parseInterpolation } from './interpolation'

export interface ParseContext {
  readonly shapes: CallShapes
  readonly report: Report
}

/** Parses a node as an expression (spec §7). */
export function parseExpression(node: SyntaxNode, context: ParseContext): Expression {
  switch (node.kind) {
    case 'null':
      return { kind: 'null', syntax: node }
    case 'boolean':
      return { kind: 'boolean', syntax: node, value: node.value }
    case 'number':
      return { kind: 'number', syntax: node, value: node.value }
    case 'string':
      return parseString(node, context.report)
    case 'array':
      return {
        kind: 'array',
        syntax: node,
        elements: node.elements.map((item) => parseExpression(item, context)),
      }
    case 'object':
      return parseObject(node, context)
  }
}

/** A literal, a symbol or an interpolation (spec §7.1). */
export function parseString(node: ScalarNode, report: Report): Expression {
  const parts = parseInterpolation(node, report)
  const [only] = parts
  if (only === undefined) return { kind: 'string', syntax: node, value: '' }
  if (parts.length > 1) return { kind: 'interpolation', syntax: node, parts }
  if (only.access === undefined) return { kind: 'string', syntax: node, value: only.text }
  if (only.text === '') return { kind: 'symbol', syntax: node, access: only.access }
  return { kind: 'interpolation', syntax: node, parts }
}

function parseObject(node: ObjectNode, context: ParseContext): Expression {
  const [only] = node.entries
  if (only !== undefined && node.entries.length === 1) {
    const shape = findShape(only.name, context.shapes)
    if (shape !== undefined) return parseCall(node, shape, context)
    if (only.name.toLowerCase().startsWith('fn::')) {
      reportAt(context.report, { path: node.path, range: only.key.range }, "'fn::' is a reserved prefix")
    }
  } else {
    for (const { name } of node.entries) {
      if (!name.startsWith('fn::')) continue
      const rule = 'must be the only key within its containing object'
      reportAt(context.report, node, `illegal call to builtin function: ${goQuote(name)} ${rule}`)
    }
  }
  return { kind: 'object', syntax: node, entries: node.entries.map((entry) => parseEntry(entry, context)) }
}

function reportAt(
  report: Report,
  place: { readonly path: string; readonly range: Range | undefined },
  summary: string,
): void {
  const { path, range } = place
  report({ severity: 'error', code: 'call', summary, path, ...(range && { range }) })
}

function parseEntry(entry: ObjectNode['entries'][number], context: ParseContext): Entry {
  return { key: parseKey(entry.key, context.report), value: parseExpression(entry.value, context) }
}

function parseKey(node: SyntaxNode, report: Report): StringExpression | undefined {
  const key = node.kind === 'string' ? parseString(node, report) : undefined
  if (key?.kind === 'string') return key
  const { path, range } = node
  report({
    severity: 'error',
    code: 'structure',
    summary: 'object keys must be strings',
    path,
    ...(range && { range }),
  })
  return undefined
}

interface FoundShape {
  readonly shape: CallShape
  readonly function: string
  /** What follows `fn::open::`. */
  readonly suffix: string | undefined
}

function findShape(name: string, shapes: CallShapes): FoundShape | undefined {
  if (!name.startsWith('fn::')) return undefined
  const exact = shapes.exact.get(name)
  if (exact !== undefined) return { shape: exact, function: name, suffix: undefined }
  const separator = name.indexOf('::', 4)
  if (separator === -1) return undefined
  const base = name.slice(0, separator)
  const suffixed = shapes.suffixed.get(base)
  if (suffixed === undefined) return undefined
  return { shape: suffixed, function: base, suffix: name.slice(separator + 2) }
}

function parseCall(node: ObjectNode, found: FoundShape, context: ParseContext): Expression {
  const [entry] = node.entries
  if (entry === undefined || !isScalar(entry.key))
    throw new TypeError('a call has one entry with a string key')
  const argument = parseExpression(entry.value, context)
  const suffix: Expression | undefined =
    found.suffix === undefined ? undefined : { kind: 'string', syntax: entry.key, value: found.suffix }
  const parts = found.shape({ argument, suffix, report: context.report })
  const name: StringExpression = { kind: 'string', syntax: entry.key, value: entry.name }
  return { kind: 'call', syntax: node, function: found.function, name, argument, parts }
}

function isScalar(node: SyntaxNode): node is ScalarNode {
  return node.kind !== 'array' && node.kind !== 'object'
}
