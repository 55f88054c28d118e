/** A person's terminal: a private home, `esc` and `aws` on the PATH, and no AWS setting anywhere. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cleanHome } from '../../tests/peers/aws-cli'
import { escProgram } from '../../tests/peers/openesc'
import { type Finished, type RunOptions, run } from '../../tests/peers/run'

export interface Terminal {
  home: string
  env: Record<string, string>
  /** Runs a command line as typed, with further variables; input and output are pipes. */
  run(commandLine: string, variables?: Record<string, string>): Promise<Finished>
  /** Runs it with a terminal for input and output, where the answer is typed at the prompt. */
  runInteractively(commandLine: string, answer: RunOptions['answer']): Promise<Finished>
  /** The address that a program asked the browser to show. */
  shownInBrowser(): Promise<string>
  close(): void
}

export function openTerminal(): Terminal {
  const { home, env, remove } = cleanHome()
  const programs = join(home, 'bin')
  const opened = join(home, 'opened-url')
  mkdirSync(programs)
  install(join(programs, 'esc'), `exec '${process.execPath}' '${escProgram}' "$@"`)
  // What a desktop would do is the test's part.
  install(join(programs, 'xdg-open'), `printf %s "$1" > '${opened}.new' && mv '${opened}.new' '${opened}'`)
  env.PATH = [programs, env.PATH].join(delimiter)
  return {
    home,
    env,
    run: (commandLine, variables = {}) =>
      run('sh', ['-c', commandLine], { env: { ...env, ...variables }, cwd: home }),
    runInteractively: (commandLine, answer) =>
      run('script', ['--quiet', '--return', '--command', commandLine, '/dev/null'], {
        env,
        cwd: home,
        answer,
      }),
    shownInBrowser: () => waitForFile(opened),
    close: remove,
  }
}

function install(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
}

async function waitForFile(path: string): Promise<string> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
    if (existsSync(path)) return readFileSync(path, 'utf8')
  }
  throw new Error(`${path} did not appear`)
}
