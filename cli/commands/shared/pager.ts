import { spawn } from 'node:child_process'
import { type Io, isDecorated } from '../../io'
import { findProgram } from '../../run/lookup'
import { splitCommandLine } from './editor'

/** The option of commands whose output can be long. */
export const pagerOption = {
  pager: { kind: 'string', help: 'the command to use for paging. If not specified, defaults to $PAGER' },
} as const

/** Shows a text in the person's pager on a terminal; anywhere else it is just written. */
export async function page(io: Io, option: string, text: string): Promise<void> {
  const [word = '', ...args] = splitCommandLine(option || io.env.PAGER || 'less -R -F')
  const program = isDecorated(io) && text !== '' ? findProgram(io, word) : undefined
  if (!program || 'problem' in program) io.stdout.write(text)
  else await pipeTo(program.path, args, text)
}

function pipeTo(program: string, args: readonly string[], text: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { stdio: ['pipe', 'inherit', 'inherit'] })
    child.once('error', () => resolve())
    child.once('close', () => resolve())
    // a pager that is left before the end closes its input
    child.stdin.on('error', () => undefined)
    child.stdin.end(text)
  })
}
