import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, systemMessage } from '../../failure'
import type { Io } from '../../io'
import { findProgram } from '../../run/lookup'

export interface Editor {
  readonly program: string
  readonly args: readonly string[]
}

/** The person's editor: the option, `VISUAL`, `EDITOR`, else `vi` (cli.md §6.5). */
export function findEditor(io: Io, option: string): Editor {
  const line = option || io.env.VISUAL || io.env.EDITOR
  const [word = '', ...args] = splitCommandLine(line || 'vi')
  const found = findProgram(io, word)
  if ('path' in found)
    return { program: found.path, args: word === 'code' && args.length === 0 ? ['-w'] : args }
  throw new Failure(
    'PROGRAM',
    line
      ? `finding ${JSON.stringify(word)} on path: ${found.problem}`
      : 'no available editor; please use the --editor flag or set one of the VISUAL or EDITOR environment variables',
  )
}

/** Splits on white space; `"` toggles quoting, `\"` is a quote character everywhere, other backslashes are literal. */
export function splitCommandLine(line: string): string[] {
  const words: string[] = []
  let word: string | undefined
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? ''
    if (character === '\\' && line[at + 1] === '"') {
      word = `${word ?? ''}"`
      at++
    } else if (character === '"') {
      quoted = !quoted
      word ??= ''
    } else if (!quoted && /\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  return word === undefined ? words : [...words, word]
}

/** Lets the person edit a text in a private file and returns what they left there. */
export async function editText(io: Io, editor: Editor, text: string): Promise<string> {
  const directory = mkdtempSync(join(io.tmp, 'esc-'))
  const file = join(directory, 'environment.yaml')
  try {
    writeFileSync(file, text, { mode: 0o600 })
    await runEditor(io, editor, file)
    return readFileSync(file, 'utf8')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function runEditor(io: Io, { program, args }: Editor, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, file], { cwd: io.cwd, stdio: 'inherit' })
    child.once('error', (error) => reject(new Failure('PROGRAM', `editor: ${systemMessage(error)}`)))
    child.once('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Failure('PROGRAM', `editor: ${signal ? `signal: ${signal}` : `exit status ${code}`}`))
    })
  })
}
