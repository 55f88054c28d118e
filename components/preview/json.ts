import { text } from '@/components/messages'
import type { PreviewNode } from './model'

export interface JsonOptions {
  secrets: 'show' | 'mask'
}

/** What the tree says as indented JSON, with the words of the console for what is masked or unknown. */
export function treeToJson(tree: readonly PreviewNode[], options: JsonOptions): string {
  return JSON.stringify(membersOf(tree, options), null, 2)
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

function membersOf(nodes: readonly PreviewNode[], options: JsonOptions): Json {
  return Object.fromEntries(nodes.map((node) => [node.name, jsonOf(node, options)]))
}

function jsonOf(node: PreviewNode, options: JsonOptions): Json {
  if (node.state === 'unknown' || node.state === 'unknown-secret') {
    return node.children.length > 0 ? membersOf(node.children, options) : placeholderOf(node)
  }
  const isCollection = node.kind === 'object' || node.kind === 'array'
  if (node.state === 'secret' && (options.secrets === 'mask' || (!isCollection && node.text === undefined))) {
    return placeholderOf(node)
  }
  return knownJson(node, options)
}

function knownJson(node: PreviewNode, options: JsonOptions): Json {
  switch (node.kind) {
    case 'object':
      return membersOf(node.children, options)
    case 'array':
      return node.children.map((child) => jsonOf(child, options))
    case 'string':
      return node.text ?? ''
    case 'number':
      return Number(node.text)
    case 'boolean':
      return node.text === 'true'
    case 'null':
      return null
  }
}

/** The word that stands for a value that is not shown. */
export function placeholderOf({ state }: Pick<PreviewNode, 'state'>): string {
  switch (state) {
    case 'unknown':
      return text.preview.tokenUnknown
    case 'unknown-secret':
      return text.preview.tokenUnknownSecret
    default:
      return text.preview.tokenSecret
  }
}
