import type { ExportedValue, RotationPatch } from '../eval/evaluation'
import type { PropertyPath } from '../syntax/path'
import { type Json, setOwn } from '../text/json'
import { stringifyJson } from '../text/json-write'
import { escapeText } from './escape'
import { isList, isMap, plainJson } from './reference/patches'
import { type EditFailure, type EditResult, isFailure, readForEdit, readPath } from './result'
import { setData } from './set'
import type { Splice } from './source'
import { nodeAt, topLevel } from './tree'

/**
 * Writes the new states of rotations into a definition; everything else stays. Secrets are written as `fn::secret` in
 * plaintext: seal the result with `encryptSecrets` before it is stored anywhere. The splices of the result belong to
 * the last patch only.
 */
export function applyRotations(text: string, patches: readonly RotationPatch[]): EditResult {
  let result: EditResult = { ok: true, text, splices: [] as readonly Splice[] }
  for (const { path, replacement } of patches) {
    const place = placeIn(result.text, path)
    result = isFailure(place) ? place : setData(result.text, place, stateData(replacement))
    if (!result.ok) return result
  }
  return result
}

/** The path as the keys are written: `values` matches without regard to case (language.md §6). */
function placeIn(text: string, path: string): PropertyPath | EditFailure {
  const tree = readForEdit(text)
  const parsed = readPath(path)
  if (isFailure(tree) || isFailure(parsed)) return isFailure(tree) ? tree : parsed
  const written = topLevel(tree, 'values')?.name
  return written === undefined ? parsed : [written, ...parsed.slice(1)]
}

/** Whether the call whose state a patch would write is there. */
export function hasRotation(text: string, patch: Pick<RotationPatch, 'path'>): boolean {
  const tree = readForEdit(text)
  const path = placeIn(text, patch.path)
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
