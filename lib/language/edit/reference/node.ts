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

class Node implements ReferenceNode {
  tagged = false
  style: ScalarStyle = 'plain'
  flow = false
  value = ''
  anchor = ''
  head = ''
  line = ''
  foot = ''

  constructor(
    public kind: ReferenceNode['kind'],
    public tag: string,
    public content: ReferenceNode[],
  ) {}
}

export function scalarNode(value: string, tag = '!!str', style: ScalarStyle = 'plain'): ReferenceNode {
  const node = new Node('scalar', tag, [])
  node.value = value
  node.style = style
  return node
}

export function mappingNode(content: ReferenceNode[] = []): ReferenceNode {
  return new Node('mapping', '!!map', content)
}

export function sequenceNode(content: ReferenceNode[] = []): ReferenceNode {
  return new Node('sequence', '!!seq', content)
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
