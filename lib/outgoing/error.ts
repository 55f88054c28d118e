/** Why nothing came back; the message names the rule, never what was sent or received. */
export class OutgoingError extends Error {
  override readonly name = 'OutgoingError'
  readonly code: 'invalid' | 'refused_address' | 'unreachable' | 'status' | 'too_large' | 'timeout'

  constructor(code: OutgoingError['code'], message: string) {
    super(message)
    this.code = code
  }
}

export function refusedAddress(): OutgoingError {
  return new OutgoingError(
    'refused_address',
    'The address is not public, and the operator has not allowed it.',
  )
}

/** What any failure of Node's client means, without its text. */
export function asOutgoingError(error: Error): OutgoingError {
  if (error instanceof OutgoingError) return error
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return new OutgoingError('timeout', 'The address did not answer in time.')
  }
  return new OutgoingError('unreachable', 'The address cannot be reached.')
}
