import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import type { Io } from '../io'

/** The file that a command word names, found like a shell does; or why there is none. */
export type Lookup = { readonly path: string } | { readonly problem: string }

/** Looks a program up on `PATH`; a word with a separator is a path. */
export function findProgram(io: Io, word: string): Lookup {
  if (word.includes('/') || (io.platform === 'win32' && word.includes('\\'))) {
    const path = resolve(io.cwd, word)
    return isExecutable(path) ? { path } : { problem: `exec: ${JSON.stringify(word)}: ${reason(path)}` }
  }
  for (const directory of (io.env.PATH ?? '').split(delimiter)) {
    // an empty entry would mean the working directory, where anybody may have put a program
    if (directory === '') continue
    for (const extension of extensions(io)) {
      const path = resolve(io.cwd, join(directory, word + extension))
      if (isExecutable(path)) return { path }
    }
  }
  return { problem: `exec: ${JSON.stringify(word)}: executable file not found in $PATH` }
}

function extensions(io: Io): string[] {
  return io.platform === 'win32' ? ['', ...(io.env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';')] : ['']
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function reason(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 'no such file or directory'
  return stat.isDirectory() ? 'is a directory' : 'permission denied'
}
