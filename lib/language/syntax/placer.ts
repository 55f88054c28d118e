import { utf8Length } from '../text/utf8'
import type { LineIndex } from './line-index'
import type { Range } from './range'
import type { YamlNode, YamlScalar } from './yaml/node'

interface Place {
  readonly line: number
  readonly column: number
}

/** Computes the ranges of nodes as the reference does (spec §4). */
export class Placer {
  private readonly ends = new WeakMap<YamlNode, Place>()

  constructor(
    private readonly environment: string,
    private readonly lines: LineIndex,
  ) {}

  /** To be asked for children before their parents. */
  rangeOf(node: YamlNode): Range {
    const end = this.endOf(node)
    this.ends.set(node, end)
    return { environment: this.environment, begin: this.position(startOf(node)), end: this.position(end) }
  }

  private position({ line, column }: Place): Range['begin'] {
    return { line, column, byte: this.lines.byteAt(line, column) }
  }

  private endOf(node: YamlNode): Place {
    const start = startOf(node)
    switch (node.kind) {
      case 'scalar':
        return scalarEnd(node, start)
      case 'alias':
        return { line: start.line, column: start.column + utf8Length(node.name) }
      case 'sequence':
        return this.knownEnd(node.items.at(-1)) ?? start
      case 'mapping':
        return this.knownEnd(node.entries.at(-1)?.value) ?? start
    }
  }

  private knownEnd(child: YamlNode | undefined): Place | undefined {
    return child === undefined ? undefined : this.ends.get(child)
  }
}

function startOf({ start }: YamlNode): Place {
  return { line: start.line + 1, column: start.column + 1 }
}

/** Quotes do not count, escapes count decoded, and only exact literals leave their first line. */
function scalarEnd(node: YamlScalar, start: Place): Place {
  const tagged = node.tag !== '' && node.tag !== '!'
  if (node.style === 'literal' && !tagged) {
    const lastBreak = node.value.lastIndexOf('\n')
    const breaks = node.value.split('\n').length - 1
    return { line: start.line + breaks, column: start.column + utf8Length(node.value.slice(lastBreak + 1)) }
  }
  const tag = tagged && node.style === 'plain' ? utf8Length(node.tag) + 1 : 0
  return { line: start.line, column: start.column + utf8Length(node.value) + tag }
}
