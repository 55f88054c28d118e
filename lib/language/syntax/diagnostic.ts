import type { Range } from './range'

export type Severity = 'error' | 'warning'

/** What went wrong, for programs; the summary says the same for people and may change, a code may not. */
export type DiagnosticCode =
  | 'yaml'
  | 'structure'
  | 'interpolation'
  | 'call'
  | 'duplicate-key'
  | 'reserved-key'
  | 'final'
  | 'cycle'
  | 'import'
  | 'access'
  | 'type'
  | 'builtin'
  | 'ciphertext'
  | 'decrypt'
  | 'provider'
  | 'rotate'
  | 'schema'
  | 'internal'
  | 'aborted'
  | 'limit.bytes'
  | 'limit.nodes'
  | 'limit.depth'
  | 'limit.aliases'
  | 'limit.imports'
  | 'limit.calls'
  | 'limit.output'
  | 'limit.values'
  | 'limit.time'

export interface Diagnostic {
  readonly severity: Severity
  readonly code: DiagnosticCode
  /** Never holds a value that could be secret, except where spec/language.md prescribes its text. */
  readonly summary: string
  readonly detail?: string
  /** Document path (spec §5), absent when unknown. */
  readonly path?: string
  readonly range?: Range
}

/** Where findings go: the walk that reports goes on with a plausible result. */
export type Report = (diagnostic: Diagnostic) => void

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error')
}
