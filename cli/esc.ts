import { root } from './commands/tree'
import { Failure } from './failure'
import type { Io, Outcome } from './io'
import { success } from './io'
import type { CommandNode } from './parse/command'
import { findCommand } from './parse/find'

/** Runs one command line. The only place where a failure becomes text and an exit code. */
export async function esc(words: readonly string[], io: Io, program: CommandNode = root): Promise<Outcome> {
  try {
    return await dispatch(words, io, program)
  } catch (error) {
    io.stderr.write(`Error: ${messageOf(error)}\n`)
    return { exitCode: 1 }
  }
}

async function dispatch(words: readonly string[], io: Io, program: CommandNode): Promise<Outcome> {
  const found = await findCommand(program, words)
  const path = found.line.map((node) => node.name).join(' ')
  const help = async () => {
    const { helpText } = await import('./parse/help')
    io.stdout.write(helpText({ ...found, path }))
  }
  if (!found.command) {
    const { parseLine } = await import('./parse/options')
    parseLine(found.inherited, found.words)
    await help()
    return success
  }
  return found.command.execute({ io, words: found.words, path, inherited: found.inherited, help })
}

function messageOf(error: unknown): string {
  if (error instanceof Failure) return error.message
  // a defect: the stack says where, and holds no values
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
