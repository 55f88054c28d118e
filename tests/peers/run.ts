/** Programs that tests run to their end. */
import { spawn } from 'node:child_process'

/** What a finished program left behind. */
export interface Finished {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  /** All variables there are; nothing is inherited. */
  env: Record<string, string>
  cwd?: string
  /** Written to standard input once this has appeared on standard output; without it the input is empty. */
  answer?: { prompt: string; text: string }
}

export function run(program: string, args: string[], { env, cwd, answer }: RunOptions): Promise<Finished> {
  return new Promise((resolve, reject) => {
    // Next's types demand NODE_ENV; a person's shell would start programs as for production.
    const child = spawn(program, args, { env: { NODE_ENV: 'production', ...env }, cwd })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const asked = answer !== undefined && output.stdout.includes(answer.prompt)
      output.stdout += text
      if (answer && !asked && output.stdout.includes(answer.prompt)) child.stdin.end(answer.text)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...output }))
    // A program that ends without reading its input breaks the pipe, which is no failure of the test.
    child.stdin.on('error', () => {})
    if (!answer) child.stdin.end()
  })
}
