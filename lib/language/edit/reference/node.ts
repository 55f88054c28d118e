import type { ScalarStyle } from '../../syntax/node'

/**
 * A node as the reference's YAML library keeps it: with its comments, style and written tag, so that it can be written
 * anew. Unlike all other trees here it is changed in place.
 */
export interface ReferenceNode {
  kind: 'mapping' | 'sequence' | 'scalar' | 'alias'
  /** In short form, resolved when none was written: `!!str`, `!!map`, `!mine`. */
  tag: string
  /** Whether the tag was written. */
  tagged: boolean
  /** Of scalars. */
  style: ScalarStyle
  /** Of collections: written in brackets. */
  flow: boolean
  /** The text of a scalar, the name of an alias. */
  value: string
  anchor: string
  /** Elements; for a mapping keys and values in turn. */
  content: ReferenceNode[]
  /** Comment lines above, beside and below, `#` included. */
  head: string
  line: string
  foot: string
}

export interface ReferenceDocument {
  /** Absent for a text without any node. */
  root: ReferenceNode | undefined
  head: string
  foot: string
}

const blank: Omit<ReferenceNode, 'kind' | 'tag' | 'content'> = {
  tagged: false,
  style: 'plain',
  flow: false,
  value: '',
  anchor: '',
  head: '',
  line: '',
  foot: '',
}

export function scalarNode(value: string, tag = '!!str', style: ScalarStyle = 'plain'): ReferenceNode {
  return { ...blank, kind: 'scalar', tag, value, style, content: [] }
}

export function mappingNode(content: ReferenceNode[] = []): ReferenceNode {
  return { ...blank, kind: 'mapping', tag: '!!map', content }
}

export function sequenceNode(content: ReferenceNode[] = []): ReferenceNode {
  return { ...blank, kind: 'sequence', tag: '!!seq', content }
}

/** The key and value pairs of a mapping. */
export function pairsOf(node: ReferenceNode): (readonly [key: ReferenceNode, value: ReferenceNode])[] {
  const pairs: (readonly [ReferenceNode, ReferenceNode])[] = []
  for (let at = 0; at + 1 < node.content.length; at += 2) {
    const [key, value] = [node.content[at], node.content[at + 1]]
    if (key !== undefined && value !== undefined) pairs.push([key, value])
  }
  return pairs
}
