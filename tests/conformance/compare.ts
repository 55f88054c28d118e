import type { Diagnostic, Range } from '@/lib/language'
import { stringifyJson } from '@/lib/language/text/json-write'
import { canonical, parse } from './json'

/** Thrown with the first difference. */
export class Mismatch extends Error {}

/** Compares our result with expected JSON, structurally, numbers by text. */
export function expectSame(what: string, actual: unknown, expected: unknown): void {
  const ours = canonical(actual === undefined ? undefined : parse(stringifyJson(actual)))
  const theirs = canonical(expected)
  if (ours === theirs) return
  throw new Mismatch(`${what}: ${firstDifference(ours, theirs)}`)
}

function firstDifference(ours: string, theirs: string): string {
  const a = ours.split('\n')
  const b = theirs.split('\n')
  const line = a.findIndex((text, index) => text !== b[index])
  const from = Math.max(0, (line < 0 ? b.length : line) - 12)
  const show = (lines: string[]): string => lines.slice(from, from + 18).join('\n')
  return `differs at line ${line + 1}\n--- ours\n${show(a)}\n--- expected\n${show(b)}`
}

/** The wire form of a diagnostic (spec §2). */
export function wireDiagnostic(diagnostic: Diagnostic): object {
  return {
    Severity: diagnostic.severity === 'error' ? 1 : 2,
    Summary: diagnostic.summary,
    Detail: diagnostic.detail ?? '',
    Subject: wireRange(diagnostic.range),
    Context: null,
    Expression: null,
    EvalContext: null,
    Extra: null,
    Path: diagnostic.path ?? '',
  }
}

export function wireRange(range: Range | undefined): object | null {
  if (range === undefined) return null
  const position = ({ line, column, byte }: Range['begin']) => ({ Line: line, Column: column, Byte: byte })
  return { Filename: range.environment, Start: position(range.begin), End: position(range.end) }
}

/** Compares diagnostics as multisets: their order among equals is not defined. */
export function expectDiagnostics(what: string, actual: readonly Diagnostic[], expected: unknown): void {
  const ours = actual.map((diagnostic) => canonical(parse(JSON.stringify(wireDiagnostic(diagnostic)))))
  const theirs = (Array.isArray(expected) ? expected : []).map((item) => canonical(item))
  const a = ours.sort().join('\n')
  const b = theirs.sort().join('\n')
  if (a !== b) throw new Mismatch(`${what}: ${firstDifference(a, b)}`)
}
