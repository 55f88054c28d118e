import { isAscii, utf8Length } from '../text/utf8'
import { clusters, clusterWidth } from '../text/width'

interface Line {
  /** Offset of the line in UTF-8 bytes. */
  readonly byte: number
  /** Its text, unless it is pure ASCII. */
  readonly text: string | undefined
}

/** Finds the byte of a line and column the way spec §4 says, peculiarities included. */
export class LineIndex {
  private readonly lines: Line[] = []

  constructor(text: string) {
    const ascii = isAscii(text)
    let byte = 0
    for (let start = 0; start <= text.length; ) {
      const newline = text.indexOf('\n', start)
      const end = newline === -1 ? text.length : newline
      const line = ascii ? undefined : text.slice(start, end)
      this.lines.push({ byte, text: line !== undefined && !isAscii(line) ? line : undefined })
      byte += (line === undefined ? end - start : utf8Length(line)) + 1
      start = end + 1
    }
  }

  /** @param line from 1. @param column from 1. Every position on the last line has byte 0. */
  byteAt(line: number, column: number): number {
    const found = this.lines[line - 1]
    if (found === undefined || line >= this.lines.length) return 0
    if (found.text === undefined) return found.byte + column - 1
    let byte = found.byte
    let at = 1
    for (const cluster of clusters(found.text)) {
      if (at >= column) break
      byte += utf8Length(cluster)
      at += clusterWidth(cluster)
    }
    return byte
  }
}
