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
  /** What a provider answered, when it refused a call. Not part of the wire: official clients read the summary. */
  readonly refusal?: ProviderRefusal
}

/** A provider's refusal, told so that a person knows what to change. Holds no secret. */
export interface ProviderRefusal {
  readonly provider: string
  /** The provider's own code, for example `AccessDenied`. */
  readonly code: string
  /** What the provider said, in its words. */
  readonly answer: string
  /** What to change, and where. */
  readonly advice: string
  /** The claims of the identity token that was presented, when one was. */
  readonly sent?: { readonly issuer: string; readonly subject: string; readonly audience: string }
}

/** Where findings go: the walk that reports goes on with a plausible result. */
export type Report = (diagnostic: Diagnostic) => void

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error')
}
