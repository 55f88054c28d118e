import type { FailureCode } from '@/lib/failure'
import type { Diagnostic } from '@/lib/language'

/** A refusal as a page can show it. */
export interface Refusal {
  ok: false
  code: FailureCode | 'unexpected'
  message: string
  field?: string
  scope?: string
  diagnostics?: Diagnostic[]
}

/** What a use case did, or why not: values, because Next blanks the text of errors that leave the server. */
export type Outcome<T> = { ok: true; value: T } | Refusal
