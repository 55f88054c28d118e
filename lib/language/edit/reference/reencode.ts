import { decodeYaml } from '../../syntax/decode'
import type { Diagnostic } from '../../syntax/diagnostic'
import { emitReference } from './emit'
import { pairsOf, type ReferenceNode, scalarNode } from './node'
import { parseReference } from './parse'

export interface ReencodeResult {
  readonly text: string
  /** One per node that could not be decoded and was written as null. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Writes a text anew as the reference does after decoding it (language.md §20, "Before writing"): comments, styles and
 * tags stay, layout does not. A text that cannot be decoded at all gives an empty text.
 */
export function reencode(
  source: string,
  options: { readonly indent: number } = { indent: 2 },
): ReencodeResult {
  const decoded = decodeYaml(source, { environment: '' })
  if (decoded.root === undefined) return { text: '', diagnostics: decoded.diagnostics }
  const root = readForReencoding(source)
  const diagnostics: Diagnostic[] = []
  normalize(root, () => diagnostics.push(undecodable))
  return { text: writeRoot(root, options), diagnostics }
}

export const undecodable: Diagnostic = {
  severity: 'error',
  code: 'yaml',
  summary: 'nil nodes are not supported',
}

/** The root of a text, an empty mapping for an empty text. */
export function readForReencoding(source: string): ReferenceNode {
  return parseReference(source === '' ? '{}' : source).root ?? scalarNode('null', '!!null')
}

/** Writes a root without the comments of its document. */
export function writeRoot(root: ReferenceNode, options: { readonly indent: number }): string {
  return emitReference({ root, head: '', foot: '' }, options)
}

/** Gives every node the form in which the reference keeps decoded nodes. */
export function normalize(node: ReferenceNode, onUndecodable: () => void): void {
  node.anchor = ''
  if (node.kind === 'alias') {
    Object.assign(node, scalarNode('null', '!!null'))
    onUndecodable()
  } else if (node.kind === 'scalar') normalizeScalar(node, onUndecodable)
  for (const child of node.content) normalize(child, onUndecodable)
}

function normalizeScalar(node: ReferenceNode, onUndecodable: () => void): void {
  const kind = decodedKind(node)
  if (kind === undefined) {
    Object.assign(node, scalarNode('null', '!!null'))
    onUndecodable()
  } else if (kind === 'string') normalizeString(node)
  else if (kind === 'null') Object.assign(node, { tag: '!!null', value: nullText(node.value) })
  else if (kind === 'boolean') node.tag = '!!bool'
  else if (node.tag !== '!!float') node.tag = '!!int'
}

function nullText(text: string): string {
  return /^(?:null|Null|NULL|~)$/.test(text) ? text : 'null'
}

function normalizeString(node: ReferenceNode): void {
  node.tag = '!!str'
  if (!looksLikeNumber(node.value) && node.value !== 'true' && node.value !== 'false') return
  node.style = 'single'
  node.tagged = false
}

/** What the language takes a scalar for; undefined when its tag does not fit. */
export function decodedKind(node: ReferenceNode): 'null' | 'boolean' | 'number' | 'string' | undefined {
  switch (node.tag) {
    case '!!null':
      return isText(node, 'null') ? 'null' : undefined
    case '!!bool':
      return isText(node, 'boolean') ? 'boolean' : undefined
    case '!!int':
    case '!!float':
      return isText(node, 'number') ? 'number' : undefined
    case '!!binary':
    case '!!timestamp':
      return isText(node, 'string') ? 'string' : undefined
    default:
      return 'string'
  }
}

function isText(node: ReferenceNode, kind: 'null' | 'boolean' | 'number' | 'string'): boolean {
  if (!node.tagged) return true
  const { root, diagnostics } = decodeYaml(`${node.tag} ${JSON.stringify(node.value)}`, { environment: '' })
  return diagnostics.length === 0 && (root?.kind ?? 'null') === kind
}

const decimal =
  /^[-+]?(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/
const hexadecimal =
  /^[-+]?0[xX]_?(?:[0-9a-fA-F](?:_?[0-9a-fA-F])*)?\.?(?:[0-9a-fA-F](?:_?[0-9a-fA-F])*)?[pP][-+]?[0-9]+$/
const largest = 3.4028235677973366e38

/** Whether Go reads the text as a 32-bit float. */
function looksLikeNumber(text: string): boolean {
  if (/^(?:[-+]?(?:inf|infinity)|nan)$/i.test(text)) return true
  if (decimal.test(text)) return Math.abs(Number(text.replaceAll('_', ''))) < largest
  return hexadecimal.test(text)
}

/** Calls `visit` for every mapping, inner ones first, with its document path. */
export function visitMappings(
  node: ReferenceNode,
  path: readonly (string | number)[],
  visit: (mapping: ReferenceNode, path: readonly (string | number)[]) => void,
): void {
  if (node.kind === 'sequence') {
    for (const [index, child] of node.content.entries()) visitMappings(child, [...path, index], visit)
  }
  if (node.kind !== 'mapping') return
  for (const [key, value] of pairsOf(node)) visitMappings(value, [...path, key.value], visit)
  visit(node, path)
}
