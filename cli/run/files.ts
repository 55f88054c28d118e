import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '../io'
import type { Variable } from '../output/value'

/** Files that were written for a child or a shell, and the variables that hold their paths. */
export interface ProjectedFiles {
  readonly variables: readonly Variable[]
  /** Removes the files; safe to call more than once. */
  remove(): void
}

/**
 * Writes each file into a new directory that only this person can enter. The directory is made under a random name, and
 * a file that already exists is refused, so nobody can put a link in the way.
 */
export function writeFiles(io: Io, files: readonly Variable[]): ProjectedFiles {
  if (files.length === 0) return { variables: [], remove: () => undefined }
  const directory = mkdtempSync(join(io.tmp, 'esc-'))
  const remove = () => rmSync(directory, { recursive: true, force: true })
  try {
    const variables = files.map((file, index) => ({
      ...file,
      value: writeFile(directory, file, index),
      secret: false,
    }))
    return { variables, remove }
  } catch (error) {
    remove()
    throw error
  }
}

function writeFile(directory: string, file: Variable, index: number): string {
  const name = /^\w{1,64}$/.test(file.name) ? file.name : `file-${index}`
  const path = join(directory, name)
  const descriptor = openSync(path, 'wx', 0o600)
  try {
    writeSync(descriptor, file.value)
  } finally {
    closeSync(descriptor)
  }
  return path
}
