import { matchesAnywhere } from './match'
import { PatternFault } from './node'
import { parsePattern } from './parse'
import { compileProgram } from './program'

/** A compiled regular expression. */
export interface Pattern {
  /** Whether it matches anywhere in the text; linear in the length of the text. */
  matches(text: string): boolean
}

export type PatternResult =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly message: string }

/** Compiles an expression in RE2 syntax; faults are worded as by Go's regexp package. */
export function compilePattern(source: string): PatternResult {
  try {
    const program = compileProgram(parsePattern(source))
    return { ok: true, pattern: { matches: (text) => matchesAnywhere(program, text) } }
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error
    return { ok: false, message: error.message }
  }
}
