import type { ExportedValue, RotationPatch } from '../eval/evaluation'
import { type Json, setOwn } from '../text/json'
import { stringifyJson } from '../text/json-write'
import { escapeText } from './escape'
import { isList, isMap, plainJson } from './reference/patches'
import { type EditResult, isFailure, readForEdit, readPath } from './result'
import { setData } from './set'
import type { Splice } from './source'
import { nodeAt } from './tree'

/**
 * Writes the new states of rotations into a definition; everything else stays. Secrets are written as `fn::secret` in
 * plaintext: seal the result with `encryptSecrets` before it is stored anywhere. The splices of the result belong to
 * the last patch only.
 */
export function applyRotations(text: string, patches: readonly RotationPatch[]): EditResult {
  let result: EditResult = { ok: true, text, splices: [] as readonly Splice[] }
  for (const { path, replacement } of patches) {
    result = setData(result.text, path, stateData(replacement))
    if (!result.ok) return result
  }
  return result
}

/** Whether the call whose state a patch would write is there. */
export function hasRotation(text: string, patch: Pick<RotationPatch, 'path'>): boolean {
  const tree = readForEdit(text)
  const path = readPath(patch.path)
  if (isFailure(tree) || isFailure(path)) return false
  return nodeAt(tree.roots[0], path.slice(0, -1))?.kind === 'map'
}

/** A value as the data that evaluates to it (language.md §17, "Conversion", but numbers stay numbers). */
export function stateData(exported: ExportedValue): Json {
  const { value, secret } = exported
  if (secret && typeof value === 'string') return { 'fn::secret': value }
  if (secret) return { 'fn::fromJSON': { 'fn::secret': stringifyJson(plainJson(exported)) } }
  if (typeof value === 'string') return escapeText(value)
  if (isList(value)) return value.map(stateData)
  if (!isMap(value)) return value ?? null
  const data: { [name: string]: Json } = {}
  for (const [name, member] of Object.entries(value)) setOwn(data, escapeText(name), stateData(member))
  return data
}
