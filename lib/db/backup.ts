import { open, unlink } from 'node:fs/promises'
import { Failure } from '@/lib/failure'
import { archiveOf } from './client'

/**
 * Writes a copy of the running embedded database, without its master key, into a new file for its owner alone. Unpacked
 * into `database/` of an empty data folder, with the master key beside it, it is a whole installation again.
 *
 * @param file absolute path
 * @returns the size in bytes
 * @throws Failure `invalid` on a database server and where the file cannot be written, `conflict` when it exists
 */
export async function backUp(file: string): Promise<number> {
  const archive = archiveOf()
  if (archive === undefined) {
    throw new Failure('invalid', 'The database is a server: back it up with pg_dump.')
  }
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    throw refusal(file, error)
  })
  try {
    const bytes = new Uint8Array(await (await archive()).arrayBuffer())
    await handle.writeFile(bytes)
    await handle.sync()
    return bytes.length
  } catch (error) {
    await unlink(file)
    throw refusal(file, error)
  } finally {
    await handle.close()
  }
}

function refusal(file: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'EEXIST') return new Failure('conflict', `${file} exists already; choose another name.`)
  return new Failure('invalid', `${file} cannot be written (${code}).`)
}
