import type { Diagnostic } from '@/lib/language'

/** Where something is in Monaco's terms: lines and columns from 1, columns in UTF-16 units. */
export interface Place {
  startLineNumber: number
  startColumn: number
  endLineNumber: number
  endColumn: number
}

/** The two questions about a text that a diagnostic's place depends on; Monaco's text model answers them. */
export interface Lines {
  getLineCount(): number
  getLineContent(line: number): string
}

const top: Place = { startLineNumber: 1, startColumn: 1, endLineNumber: 1, endColumn: 1 }

/**
 * Where to mark a diagnostic. Its columns count characters, not UTF-16 units; ends may lie behind the line, and a
 * diagnostic without a place marks the first line.
 */
export function placeOf(diagnostic: Pick<Diagnostic, 'range'>, lines: Lines): Place {
  const { range } = diagnostic
  if (!range || range.begin.line < 1 || range.begin.line > lines.getLineCount()) {
    return { ...top, endColumn: lines.getLineContent(1).length + 1 }
  }
  const endLine = Math.min(Math.max(range.end.line, range.begin.line), lines.getLineCount())
  const start = { line: range.begin.line, column: utf16Column(lines, range.begin.line, range.begin.column) }
  const end = { line: endLine, column: utf16Column(lines, endLine, range.end.column) }
  const empty = end.line === start.line && end.column <= start.column
  return {
    startLineNumber: start.line,
    startColumn: start.column,
    endLineNumber: end.line,
    endColumn: empty ? start.column + 1 : end.column,
  }
}

function utf16Column(lines: Lines, line: number, column: number): number {
  const before = [...lines.getLineContent(line)].slice(0, Math.max(column - 1, 0))
  return before.join('').length + 1
}
