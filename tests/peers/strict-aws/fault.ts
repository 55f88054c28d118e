/** An answer other than success: code, HTTP status and message as the AWS service model names them. */
export class AwsFault extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message)
    this.name = 'AwsFault'
  }
}

export function validationError(message: string): AwsFault {
  return new AwsFault('ValidationError', 400, message)
}

export function invalidIdentityToken(message: string): AwsFault {
  return new AwsFault('InvalidIdentityToken', 400, message)
}
