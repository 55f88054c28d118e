/** The command line inside the test process: its streams, files and clock are the test's own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { esc } from '@/cli/esc'
import type { Io, Outcome } from '@/cli/io'

export interface Ran {
  readonly outcome: Outcome
  readonly stdout: string
  readonly stderr: string
}

export interface Machine {
  /** A private directory, removed at the end. */
  readonly directory: string
  /** Variables of the environment; a test may change them. */
  readonly env: Record<string, string | undefined>
  /** Runs one command line with a text on stdin. */
  run(words: readonly string[], input?: string): Promise<Ran>
  remove(): void
}

export interface MachineOptions {
  readonly env?: Record<string, string | undefined>
  /** What a person would type or do; without it there is no terminal. */
  readonly person?: Partial<Pick<Io, 'readSecret' | 'openBrowser'>>
  readonly now?: () => Date
}

export function machine({ env = {}, person, now = () => new Date() }: MachineOptions = {}): Machine {
  const directory = mkdtempSync(join(tmpdir(), 'esc-cli-'))
  const variables: Record<string, string | undefined> = { PATH: process.env.PATH, HOME: directory, ...env }
  return {
    directory,
    env: variables,
    async run(words, input = '') {
      const output = { stdout: '', stderr: '' }
      const sink = (stream: 'stdout' | 'stderr') => ({
        terminal: person !== undefined,
        write: (text: string | Uint8Array) => {
          output[stream] += typeof text === 'string' ? text : Buffer.from(text).toString()
        },
        onBroken: () => undefined,
      })
      const io: Io = {
        stdin: Readable.from([Buffer.from(input)], { objectMode: false }),
        stdinTerminal: person !== undefined,
        stdout: sink('stdout'),
        stderr: sink('stderr'),
        env: variables,
        cwd: directory,
        home: directory,
        tmp: directory,
        platform: process.platform,
        hostname: 'testing-machine',
        now,
        sleep: async () => undefined,
        readSecret: async () => undefined,
        openBrowser: async () => false,
        ...person,
      }
      const outcome = await esc(words, io)
      return { outcome, ...output }
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
