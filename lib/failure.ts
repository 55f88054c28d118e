/**
 * How a use case says no. One closed list of codes with the HTTP status that each one answers with; codes are stable,
 * messages are free text and never hold a value that could be secret.
 */
import type { Diagnostic } from '@/lib/language'

export const failureStatus = {
  invalid: 400,
  diagnostics: 400,
  unauthenticated: 401,
  forbidden: 403,
  approval_needed: 403,
  not_found: 404,
  conflict: 409,
  etag_mismatch: 409,
  protected: 409,
  too_large: 413,
  locked_out: 429,
  rate_limited: 429,
  not_implemented: 501,
  unavailable: 503,
} as const

export type FailureCode = keyof typeof failureStatus

export interface FailureDetails {
  /** The input field at fault, for forms. */
  field?: string
  /** What an evaluation found, for code `diagnostics`. */
  diagnostics?: Diagnostic[]
  /** The scope that would have been needed, for code `forbidden`. */
  scope?: string
  /** Seconds until a new try makes sense, for code `locked_out` and `rate_limited`. */
  retryAfterSeconds?: number
}

/** Thrown inside transactions, so that a refusal also rolls back. Doors turn it into an answer by {@link isFailure}. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  readonly details: FailureDetails

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message)
    this.code = code
    this.details = details
  }

  get status(): number {
    return failureStatus[this.code]
  }
}

/** The console and the API are separate bundles with copies of this class, so the shape decides, not `instanceof`. */
export function isFailure(error: unknown): error is Failure {
  return (
    error instanceof Error &&
    error.name === 'Failure' &&
    'code' in error &&
    String(error.code) in failureStatus
  )
}
