import type { DiagnosticCode } from '../diagnostic'
import type { Mark } from './mark'

/** Ends the decoding of a document; caught where decoding began and turned into one diagnostic. */
export class YamlError extends Error {
  constructor(
    message: string,
    readonly code: DiagnosticCode = 'yaml',
  ) {
    super(message)
  }
}

/** Problems of the scanner name a line counted from 1 (spec §3). */
export function scannerError(context: Mark, problem: string, at: Mark): YamlError {
  const line = context.line !== 0 ? context.line : at.line
  return new YamlError(line === 0 ? problem : `line ${line + 1}: ${problem}`)
}

/** Problems of the parser name the zero-based line unchanged (spec §3). */
export function parserError(context: Mark, problem: string, at: Mark): YamlError {
  const line = context.line !== 0 ? context.line : at.line
  return new YamlError(line === 0 ? problem : `line ${line}: ${problem}`)
}
