import { emitReference } from '@/lib/language/edit/reference/emit'
import { compareYamlKeys } from '@/lib/language/edit/reference/key-order'
import { mappingNode, type ReferenceNode, scalarNode, sequenceNode } from '@/lib/language/edit/reference/node'
import { isLegacyWord, readsAsString } from '@/lib/language/edit/scalar-style'
import { NumberLiteral } from '../client/json'
import type { Plain } from './value'

/**
 * Writes a plain value as YAML the way the official command line does (cli.md §5.2): 3 blanks per level, keys in natural
 * order, and numbers in quotes, because they are held as text.
 */
export function writeYaml(value: Plain): string {
  return emitReference({ root: nodeOf(value), head: '', foot: '' }, { indent: 3 })
}

function nodeOf(value: Plain): ReferenceNode {
  if (value === null) return scalarNode('null', '!!null')
  if (typeof value === 'boolean') return scalarNode(String(value), '!!bool')
  if (typeof value === 'string') return textNode(value)
  if (value instanceof NumberLiteral) return textNode(value.text)
  if (isList(value)) return sequenceNode(value.map(nodeOf))
  const members = [...value].sort(([a], [b]) => compareYamlKeys(a, b))
  return mappingNode(members.flatMap(([name, member]) => [textNode(name), nodeOf(member)]))
}

function textNode(text: string): ReferenceNode {
  if (text.includes('\n')) return scalarNode(text, '!!str', 'literal')
  return scalarNode(text, '!!str', readsAsString(text) && !isLegacyWord(text) ? 'plain' : 'double')
}

function isList(value: readonly Plain[] | ReadonlyMap<string, Plain>): value is readonly Plain[] {
  return Array.isArray(value)
}
