import { readTree } from '@/lib/language/edit/read-tree'
import { removeValue } from '@/lib/language/edit/remove'
import type { EditResult } from '@/lib/language/edit/result'
import { checkStep, setData, setValue } from '@/lib/language/edit/set'
import { nodeAt, slotOf, type TreeNode } from '@/lib/language/edit/tree'
import { joinPropertyPath, type PropertyPath } from '@/lib/language/syntax/path'
import type { Json } from '@/lib/language/text/json'
import { Failure } from '../../failure'

/** What to put into a definition: YAML as the person wrote it, or data. */
export type NewValue = { readonly yaml: string } | { readonly data: Json }

/**
 * The definition with a value set; every other byte stays. A path that begins with `imports` is one of the document,
 * all others lie below `values`.
 */
export function setInDefinition(text: string, path: PropertyPath, value: NewValue): string {
  const place = path[0] === 'imports' ? path : ['values', ...path]
  refuseImpossible(text, { path, place })
  const result =
    'data' in value
      ? setData(text, place, value.data)
      : setValue(text, place, shaped(text, place, value.yaml))
  return textOf(result, path)
}

/** The definition without a value below `values`; undefined when there is nothing it could be removed from. */
export function removeFromDefinition(text: string, path: PropertyPath): string | undefined {
  const root = readTree(text).roots[0]
  if (slotOf(root, 'values') === undefined) return undefined
  const place = ['values', ...path]
  refuseImpossible(text, { path, place })
  return textOf(removeValue(text, place), path)
}

/** Failures name the path up to the step that is impossible, as the person wrote it (language.md §19). */
function refuseImpossible(text: string, { path, place }: { path: PropertyPath; place: PropertyPath }): void {
  const root = readTree(text).roots[0]
  for (const [depth, step] of place.entries()) {
    const node = nodeAt(root, place.slice(0, depth))
    if (node === undefined || isEmpty(node)) return
    const problem = checkStep(node, step)
    if (problem)
      throw new Failure(
        'PATH',
        `${prefix(path, depth + 1 - (place.length - path.length))}: ${problem.message}`,
      )
  }
}

/** A value that is left out may become anything. */
function isEmpty(node: TreeNode): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && /^(|~|null|Null|NULL)$/.test(node.text)
}

function prefix(path: PropertyPath, length: number): string {
  return length > 0 ? joinPropertyPath(path.slice(0, length)) : 'values'
}

function textOf(result: EditResult, path: PropertyPath): string {
  if (result.ok) return result.text
  throw new Failure('DEFINITION', `${joinPropertyPath(path)}: ${result.message}`)
}

/**
 * Brackets that a person types on a command line become a block, as the official command line writes them; inside other
 * brackets, and in the place of brackets, they stay.
 */
function shaped(text: string, place: PropertyPath, yaml: string): string {
  const old = nodeAt(readTree(text).roots[0], place)
  const staysFlow =
    old !== undefined && old.kind !== 'scalar' && old.kind !== 'alias' && old.flow && hasMembers(old)
  return staysFlow ? yaml : (blockForm(yaml) ?? yaml)
}

function hasMembers(node: TreeNode): boolean {
  return (node.kind === 'map' && node.entries.length > 0) || (node.kind === 'seq' && node.items.length > 0)
}

function blockForm(yaml: string): string | undefined {
  const node = readTree(yaml).roots[0]
  if (!node || node.kind === 'scalar' || node.kind === 'alias' || !node.flow || !hasMembers(node))
    return undefined
  const slice = ({ span }: TreeNode) => yaml.slice(span[0], span[1])
  const lines =
    node.kind === 'map'
      ? node.entries.map((entry) => `${slice(entry.key)}: ${slice(entry.value)}`)
      : node.items.map((item) => `- ${slice(item.value)}`)
  return lines.some((line) => line.includes('\n')) ? undefined : lines.join('\n')
}
