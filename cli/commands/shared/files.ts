import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Failure, systemMessage } from '../../failure'
import { type Io, readAll } from '../../io'

/** The bytes of a file, or of stdin for `-`. */
export async function readBytes(io: Io, file: string): Promise<Buffer> {
  if (file === '-') return readAll(io)
  try {
    return readFileSync(resolve(io.cwd, file))
  } catch (error) {
    throw new Failure('INPUT', `open ${file}: ${systemMessage(error)}`)
  }
}

/** The text of a file, or of stdin for `-`. */
export async function readTextFile(io: Io, file: string): Promise<string> {
  return (await readBytes(io, file)).toString()
}
