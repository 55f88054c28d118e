import type { ScalarStyle, Span } from '../node'
import type { Mark } from './mark'

/** A node of the YAML document as the reference's decoder sees it. */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping | YamlAlias

interface YamlPlace {
  readonly start: Mark
  readonly span: Span
}

interface YamlTagged extends YamlPlace {
  /** Explicit tag in short form (`!!str`, `!tag`), `!` for the non-specific one, empty when absent. */
  readonly tag: string
}

export interface YamlScalar extends YamlTagged {
  readonly kind: 'scalar'
  readonly style: ScalarStyle
  readonly value: string
}

export interface YamlSequence extends YamlTagged {
  readonly kind: 'sequence'
  readonly flow: boolean
  readonly items: readonly YamlNode[]
}

export interface YamlMapping extends YamlTagged {
  readonly kind: 'mapping'
  readonly flow: boolean
  readonly entries: readonly YamlEntry[]
}

export interface YamlEntry {
  readonly key: YamlNode
  readonly value: YamlNode
}

export interface YamlAlias extends YamlPlace {
  readonly kind: 'alias'
  readonly name: string
}

type Start = Pick<YamlScalar, 'tag' | 'start'>

export function scalar(
  { tag, start }: Start,
  rest: { readonly value: string; readonly style: ScalarStyle; readonly span: YamlNode['span'] },
): YamlNode {
  const { value, style, span } = rest
  return { kind: 'scalar', tag, start, span, style, value }
}

export function sequence(
  { tag, start }: Start,
  rest: { readonly items: readonly YamlNode[]; readonly flow: boolean; readonly end: number },
): YamlNode {
  const span = { start: start.offset, end: rest.end }
  return { kind: 'sequence', tag, start, span, items: rest.items, flow: rest.flow }
}

export function mapping(
  { tag, start }: Start,
  rest: { readonly entries: readonly YamlEntry[]; readonly flow: boolean; readonly end: number },
): YamlNode {
  const span = { start: start.offset, end: rest.end }
  return { kind: 'mapping', tag, start, span, entries: rest.entries, flow: rest.flow }
}

export function lastEnd(nodes: readonly YamlNode[], otherwise: Mark): number {
  return nodes.at(-1)?.span.end ?? otherwise.offset
}

const YAML_TAGS = 'tag:yaml.org,2002:'

export function shortTag(tag: string): string {
  return tag.startsWith(YAML_TAGS) ? `!!${tag.slice(YAML_TAGS.length)}` : tag
}
