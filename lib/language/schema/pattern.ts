/** A compiled regular expression. */
export interface Pattern {
  /** Whether it matches anywhere in the text. */
  matches(text: string): boolean
}

export type PatternResult =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly message: string }

/** Compiles an expression in RE2 syntax. */
export function compilePattern(text: string): PatternResult {
  try {
    const expression = new RegExp(text, 'u')
    return { ok: true, pattern: { matches: (subject) => expression.test(subject) } }
  } catch {
    return { ok: false, message: `invalid or unsupported: \`${text}\`` }
  }
}
