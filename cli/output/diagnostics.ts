import type { Diagnostic, Range } from '../client/values'
import { type Paint, plain } from './colour'
import { compareBytes } from './order'

/** Those without range first, by summary; then by environment, line and column. */
function sorted(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => {
    if (!a.range || !b.range) return a.range ? 1 : b.range ? -1 : compareBytes(a.summary, b.summary)
    return (
      compareBytes(a.range.environment, b.range.environment) ||
      a.range.begin.line - b.range.begin.line ||
      a.range.begin.column - b.range.begin.column
    )
  })
}

/** One line each, `<env>:<line>:<col>: <summary>` (cli.md §5.6, property style). */
export function propertyStyle(diagnostics: readonly Diagnostic[], paint: Paint = plain): string {
  return sorted(diagnostics)
    .map(({ range, summary }) => `${range ? paint('error', `${place(range)}${summary}`) : summary}\n`)
    .join('')
}

function place(range: Range | undefined): string {
  if (!range) return ''
  if (range.begin.line === 0) return `${range.environment}: `
  return `${range.environment}:${range.begin.line}:${range.begin.column}: `
}

export interface Source {
  /** `project/env`, as the ranges name the definition. */
  readonly name: string
  readonly text: string
}

/** With the source lines, as HCL's writer prints them (cli.md §5.6, source style). */
export function sourceStyle(
  diagnostics: readonly Diagnostic[],
  source: Source,
  paint: Paint = plain,
): string {
  return sorted(diagnostics)
    .map((diagnostic) => {
      const { severity, summary } = diagnostic
      const kind = severity === 'warning' ? paint('warning', 'Warning') : paint('error', 'Error')
      const headline = `${kind}${paint('strong', `: ${summary}`)}\n\n`
      return diagnostic.range ? headline + snippet(diagnostic.range, source) : headline
    })
    .join('')
}

function snippet(range: Range, source: Source): string {
  const headline = `  on ${range.environment} line ${range.begin.line}:\n`
  if (range.environment !== source.name) return `${headline}  (source code not available)\n\n`
  const lines = touchedLines(range, source.text).map(
    ({ number, text }) => `${String(number).padStart(4)}: ${text}\n`,
  )
  return `${headline}${lines.join('')}\n`
}

/** The lines that share a byte with the range; an empty range touches the line it lies on. */
function touchedLines(range: Range, text: string): { number: number; text: string }[] {
  const touched: { number: number; text: string }[] = []
  let start = 0
  for (const [index, line] of text.split('\n').entries()) {
    const end = start + Buffer.byteLength(line) + 1
    const overlaps = range.begin.byte < end && range.end.byte > start
    const holds = range.begin.byte === range.end.byte && range.begin.byte >= start && range.begin.byte < end
    if (overlaps || holds) touched.push({ number: index + 1, text: line.replace(/\r$/, '') })
    start = end
  }
  return touched
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error')
}
