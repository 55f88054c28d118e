import { joinPropertyPath, type PropertyPath } from '../../syntax/path'
import { type ReferenceDocument, type ReferenceNode, scalarNode } from './node'

/** The message of an edit that cannot be made, or nothing (language.md §19). */
export type NodeEditResult = string | undefined

/** A node that is nothing yet: an empty document, or a value about to be set. */
export function emptyNode(): ReferenceNode {
  return scalarNode('', '')
}

function isEmpty(node: ReferenceNode): boolean {
  return node.kind === 'scalar' && node.tag === '' && node.value === ''
}

/** The node that a path leads to. */
export function getNode(root: ReferenceNode, path: PropertyPath): ReferenceNode | undefined {
  return path.reduce<ReferenceNode | undefined>(
    (node, step) => (node === undefined ? undefined : childOf(node, step)),
    root,
  )
}

function childOf(node: ReferenceNode, step: string | number): ReferenceNode | undefined {
  if (node.kind === 'sequence') return typeof step === 'number' ? node.content[step] : undefined
  const at = typeof step === 'string' ? keyIndex(node, step) : -1
  return at < 0 ? undefined : node.content[at + 1]
}

/** Where the first key with a text stands in the content of a mapping. */
function keyIndex(node: ReferenceNode, name: string): number {
  if (node.kind !== 'mapping') return -1
  return node.content.findIndex((key, at) => at % 2 === 0 && key.value === name)
}

/**
 * Puts a node's content, kind, tag and text where a path leads; style and comments of what was there stay. Missing
 * collections on the way are made.
 */
export function setNode(root: ReferenceNode, path: PropertyPath, replacement: ReferenceNode): NodeEditResult {
  let node = root
  for (const [depth, step] of path.entries()) {
    const next = stepToSet(node, step)
    if (typeof next === 'string') return `${joinPropertyPath(path.slice(0, depth + 1))}: ${next}`
    node = next
  }
  const { content, kind, tag, value } = replacement
  Object.assign(node, { content, kind, tag, value })
  return undefined
}

function stepToSet(node: ReferenceNode, step: string | number): ReferenceNode | string {
  if (isEmpty(node)) {
    const kind = typeof step === 'number' ? 'sequence' : 'mapping'
    Object.assign(node, { kind, tag: kind === 'sequence' ? '!!seq' : '!!map' })
  }
  if (node.kind === 'sequence') return elementToSet(node, step)
  if (node.kind !== 'mapping') return 'expected an array or an object'
  if (typeof step !== 'string') return 'key for a map must be a string'
  const found = childOf(node, step)
  if (found !== undefined) return found
  if (node.content.length === 0) node.flow = false
  const value = emptyNode()
  node.content.push(scalarNode(step), value)
  return value
}

function elementToSet(node: ReferenceNode, step: string | number): ReferenceNode | string {
  if (typeof step !== 'number') return 'key for an array must be an int'
  if (step < 0 || step > node.content.length) return 'array index out of range'
  const found = node.content[step]
  if (found !== undefined) return found
  const value = emptyNode()
  node.content.push(value)
  return value
}

/** Takes away what a path leads to. A last key that is absent is no error. */
export function deleteNode(root: ReferenceNode, path: PropertyPath): NodeEditResult {
  let node = root
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1
    const next = last ? removeFrom(node, step) : stepToDelete(node, step)
    if (typeof next === 'string') return `${joinPropertyPath(path.slice(0, depth + 1))}: ${next}`
    if (last || next === undefined) return undefined
    node = next
  }
  return 'a path is needed'
}

function stepToDelete(node: ReferenceNode, step: string | number): ReferenceNode | string {
  const problem = mismatch(node, step)
  return problem ?? childOf(node, step) ?? 'there is nothing at this path'
}

function removeFrom(node: ReferenceNode, step: string | number): string | undefined {
  const problem = mismatch(node, step)
  if (problem !== undefined) return problem
  const at = typeof step === 'number' ? step : keyIndex(node, step)
  if (at >= 0) node.content.splice(at, node.kind === 'sequence' ? 1 : 2)
  return undefined
}

function mismatch(node: ReferenceNode, step: string | number): string | undefined {
  if (node.kind === 'sequence') {
    if (typeof step !== 'number') return 'key for an array must be an int'
    return step < 0 || step >= node.content.length ? 'array index out of range' : undefined
  }
  if (node.kind !== 'mapping') return 'expected an array or an object'
  return typeof step === 'string' ? undefined : 'key for a map must be a string'
}

/** The root of a document; an empty document gets one that is nothing yet. */
export function rootOf(document: ReferenceDocument): ReferenceNode {
  document.root ??= emptyNode()
  return document.root
}
