import { createHash } from 'node:crypto'

/** What MariaDB keeps for `mysql_native_password` in place of the password. */
export function nativeHash(password: string): string {
  const sha1 = (value: string | Buffer) => createHash('sha1').update(value).digest()
  return `*${sha1(sha1(password)).toString('hex').toUpperCase()}`
}
