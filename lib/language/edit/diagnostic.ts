import type { Severity } from '../syntax/diagnostic'
import type { TextRange } from './source'

/**
 * A finding at an exact place of a text. Unlike the diagnostics of an evaluation its range has none of the
 * peculiarities of language.md §4.
 */
export interface EditDiagnostic {
  readonly severity: Severity
  /** Stable, e.g. `yaml.bad-indent` or `secret.not-a-string`. */
  readonly code: string
  /** Never holds a value of the document. */
  readonly summary: string
  readonly range: TextRange
}
