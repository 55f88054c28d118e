/** Why a command ended without success. Stable; messages are free text. */
export type FailureCode =
  | 'USAGE'
  | 'NOT_LOGGED_IN'
  | 'LOGIN'
  | 'CREDENTIALS'
  | 'API'
  | 'TRANSPORT'
  | 'REFERENCE'
  | 'PATH'
  | 'INPUT'
  | 'DEFINITION'
  | 'DECLINED'
  | 'PROGRAM'

/**
 * An expected failure: printed as `Error: <message>` on stderr, exit status 1.
 * Anything else that is thrown is a defect of the program.
 */
export class Failure extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
  ) {
    super(message)
    this.name = 'Failure'
  }
}

/** The same failure with words in front, as in `reading environment definition: …`. */
export function prefixed(prefix: string, error: unknown): unknown {
  if (!(error instanceof Failure)) return error
  const wrapped = new Failure(error.code, `${prefix}: ${error.message}`)
  wrapped.cause = error.cause ?? error
  return wrapped
}

/** Runs `work`; a failure in it is reported with `prefix` in front. */
export async function within<T>(prefix: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw prefixed(prefix, error)
  }
}

/** Node's `ENOENT` and its kin in the words of the operating system, without the file's content. */
export function systemMessage(error: unknown): string {
  const code = errorCode(error)
  return (code && systemTexts.get(code)) ?? code ?? (error instanceof Error ? error.message : String(error))
}

/** The `code` of a system error such as `ENOENT`, if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

const systemTexts: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or directory'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['EISDIR', 'is a directory'],
  ['ENOTDIR', 'not a directory'],
  ['EEXIST', 'file exists'],
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection reset by peer'],
  ['ENOTFOUND', 'no such host'],
  ['EHOSTUNREACH', 'no route to host'],
  ['ETIMEDOUT', 'connection timed out'],
])
