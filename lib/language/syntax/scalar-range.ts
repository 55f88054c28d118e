import { sliceBytes } from '../text/utf8'
import { displayWidth } from '../text/width'
import type { ScalarNode } from './node'
import type { Position, Range } from './range'

/**
 * The range of a part of a scalar, between byte offsets of its decoded value; only untagged plain scalars on one line
 * have such ranges (spec §4).
 */
export function scalarRange(
  node: ScalarNode,
  part: { readonly from: number; readonly to: number },
): Range | undefined {
  const { range } = node
  if (range === undefined || node.style !== 'plain' || node.tagged) return undefined
  if (range.begin.line !== range.end.line) return undefined
  const at = (offset: number): Position => {
    const { line, column, byte } = range.begin
    return { line, column: column + displayWidth(sliceBytes(node.text, 0, offset)), byte: byte + offset }
  }
  return { environment: range.environment, begin: at(part.from), end: at(part.to) }
}
