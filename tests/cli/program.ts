/** The bundled command line as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { buildCli } from '@/cli/build.mjs'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves when the output so far contains a text. */
  until(text: string): Promise<void>
}

export interface Program {
  /** The bundle. */
  readonly path: string
  /** A private directory: home and temporary directory of the processes. */
  readonly directory: string
  start(words: readonly string[], env: Record<string, string>): Started
}

/** Builds the command line once; the fields are there once the hooks have run. */
export function program(): Program {
  const directory = mkdtempSync(join(tmpdir(), 'esc-program-'))
  beforeAll(() => buildCli({ directory }))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  const path = join(directory, 'esc.cjs')
  return {
    path,
    directory,
    start: (words, env) => {
      const variables = { PATH: process.env.PATH ?? '', HOME: directory, TMPDIR: directory, ...env }
      return watch(
        spawn(process.execPath, [path, ...words], {
          // the types of another package demand NODE_ENV; a process may have any set of names
          env: variables as unknown as NodeJS.ProcessEnv,
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      )
    },
  }
}

export function watch(child: ChildProcess): Started {
  const output = { stdout: '', stderr: '' }
  const waiting = new Set<() => void>()
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text
      for (const check of waiting) check()
    })
  }
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...output }))
  })
  return {
    child,
    ended,
    until: (text) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!`${output.stdout}${output.stderr}`.includes(text)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        ended.then(() => reject(new Error(`it ended before it printed ${text}: ${JSON.stringify(output)}`)))
        check()
      }),
  }
}
