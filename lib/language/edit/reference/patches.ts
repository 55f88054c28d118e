import type { ExportedProperties, ExportedValue, RotationPatch } from '../../eval/evaluation'
import { parsePropertyPath } from '../../syntax/path'
import { YamlError } from '../../syntax/yaml/error'
import { type Json, JsonNumber, numberText, setOwn } from '../../text/json'
import { compactJson } from '../../text/json-write'
import { isLegacyWord, readsAsString } from '../scalar-style'
import { compareYamlKeys } from './key-order'
import { mappingNode, type ReferenceNode, scalarNode, sequenceNode } from './node'
import { rootOf, setNode } from './node-edit'
import { parseReference } from './parse'
import { writeRoot } from './reencode'

export type PatchResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string }

/**
 * Writes the new states of rotations into a definition and writes the definition anew, as the reference's `ApplyPatches`
 * does (language.md §17). The product itself uses `applyRotations`, which keeps the layout.
 */
export function applyPatches(source: string, patches: readonly RotationPatch[]): PatchResult {
  const root = read(source)
  if ('message' in root) return root
  for (const { path, replacement } of patches) {
    const parsed = parsePropertyPath(path)
    if (!parsed.ok) return parsed
    const problem = setNode(root, parsed.path, patchNode(replacement))
    if (problem !== undefined) return { ok: false, message: problem }
  }
  return { ok: true, text: writeRoot(root, { indent: 4 }) }
}

function read(source: string): ReferenceNode | { readonly ok: false; readonly message: string } {
  try {
    return rootOf(parseReference(source))
  } catch (error) {
    if (error instanceof YamlError) return { ok: false, message: `yaml: ${error.message}` }
    throw error
  }
}

/** A value as YAML data: secrets become calls of `fn::secret` (language.md §17, "Conversion"). */
export function patchNode(exported: ExportedValue): ReferenceNode {
  const { value, secret } = exported
  if (secret) return secretNode(exported)
  if (isList(value)) return sequenceNode(value.map(patchNode))
  if (isMap(value)) {
    const names = Object.keys(value).sort(compareYamlKeys)
    return mappingNode(names.flatMap((name) => [textNode(name), patchNode(value[name] ?? nothing)]))
  }
  if (value === undefined) return scalarNode('null', '!!null')
  if (typeof value === 'boolean') return scalarNode(String(value), '!!bool')
  return typeof value === 'string' ? textNode(value) : scalarNode(numberText(value), '!!str', 'double')
}

const nowhere = { line: 0, column: 0, byte: 0 }
const nothing: ExportedValue = { trace: { def: { begin: nowhere, end: nowhere } } }

function secretNode(exported: ExportedValue): ReferenceNode {
  if (typeof exported.value === 'string')
    return mappingNode([scalarNode('fn::secret'), textNode(exported.value)])
  const json = textNode(compactJson(plainJson(exported)))
  return mappingNode([scalarNode('fn::fromJSON'), mappingNode([scalarNode('fn::secret'), json])])
}

/** The value without its annotations. */
export function plainJson({ value }: ExportedValue): Json {
  if (value === undefined) return null
  if (isList(value)) return value.map(plainJson)
  if (!isMap(value)) return value
  const plain: { [name: string]: Json } = {}
  for (const [name, member] of Object.entries(value)) setOwn(plain, name, plainJson(member))
  return plain
}

function textNode(text: string): ReferenceNode {
  if (text.includes('\n')) return scalarNode(text, '!!str', 'literal')
  return scalarNode(text, '!!str', readsAsString(text) && !isLegacyWord(text) ? 'plain' : 'double')
}

export function isList(value: ExportedValue['value']): value is readonly ExportedValue[] {
  return Array.isArray(value)
}

export function isMap(value: ExportedValue['value']): value is ExportedProperties {
  return typeof value === 'object' && !(value instanceof JsonNumber) && !Array.isArray(value)
}
