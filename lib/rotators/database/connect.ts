import type { DatabaseInputs } from './schema'

/** Undefined = unencrypted. */
export type Tls = { rejectUnauthorized: boolean } | undefined

/**
 * Connects with the wanted encryption. `prefer` does without only where the server offers none: any other failure is not
 * answered by sending the password in the clear.
 *
 * @param isWithoutTls whether a failure says that the server offers no encryption
 */
export async function connectSecurely<T>(
  wanted: DatabaseInputs['database']['tls'] = 'prefer',
  connect: (tls: Tls) => Promise<T>,
  isWithoutTls: (error: unknown) => boolean = saysNoSsl,
): Promise<T> {
  try {
    return await connect({ rejectUnauthorized: wanted === 'verify' })
  } catch (error) {
    if (wanted !== 'prefer' || !isWithoutTls(error)) throw error
    return connect(undefined)
  }
}

function saysNoSsl(error: unknown): boolean {
  return error instanceof Error && /does not support (SSL|secure) connection/i.test(error.message)
}
