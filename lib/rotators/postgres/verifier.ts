/**
 * What PostgreSQL keeps in place of a password. Sent instead of it, no log of statements and no extension of the server
 * ever sees the password.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

const iterations = 4096

/** RFC 5802 and 7677, as PostgreSQL 10 and newer write it. The password must be ASCII: SASLprep leaves that as it is. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64')
  const serverKey = hmac('Server Key').toString('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}

/** For servers that are set to the older method, whose clients may know no other. */
export function md5Verifier(username: string, password: string): string {
  return `md5${createHash('md5')
    .update(password + username)
    .digest('hex')}`
}
