/** The completion scripts in the real shells, against the real server. */
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, it } from 'vitest'
import { machine } from './harness'
import { program } from './program'
import { service, variablesFor } from './service'

const backend = service()
const esc = program()

/** Each completes the words `esc run acme/app/d` and `esc env ver`, a line per proposal. */
const shells = {
  bash: `
    source <(esc completion bash)
    propose() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _esc; printf '%s\\n' "\${COMPREPLY[@]}"; }
    propose esc run acme/app/d
    propose esc env ver`,
  zsh: `
    compdef() { :; }
    compadd() { print -rl -- "\${values[@]}"; }
    source <(esc completion zsh)
    propose() { words=("$@"); CURRENT=$#; _esc; }
    propose esc run acme/app/d
    propose esc env ver`,
  fish: `
    esc completion fish | source
    complete -C 'esc run acme/app/d' | string split --fields 1 \\t
    complete -C 'esc env ver' | string split --fields 1 \\t`,
}

function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

beforeAll(async () => {
  const setUp = machine({ env: variablesFor(backend) })
  expect((await setUp.run(['env', 'init', 'acme/app/dev'])).outcome).toEqual({ exitCode: 0 })
  expect((await setUp.run(['env', 'init', 'acme/app/prod'])).outcome).toEqual({ exitCode: 0 })
  setUp.remove()
  const command = join(esc.directory, 'esc')
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${esc.path}" "$@"\n`)
  chmodSync(command, 0o755)
})

for (const [shell, script] of Object.entries(shells)) {
  const absence = isInstalled(shell) ? '' : ' (absent)'
  it.skipIf(absence !== '')(`${shell}${absence} proposes environments and commands`, async () => {
    const env = {
      ...variablesFor(backend),
      HOME: esc.directory,
      PATH: `${esc.directory}:${process.env.PATH}`,
      NODE_ENV: 'test' as const,
    }
    const { stdout } = await promisify(execFile)(shell, ['-c', script], { env })
    expect(stdout.trim().split('\n')).toEqual(['acme/app/dev', 'version'])
  })
}

it('powershell gets a script, too', async () => {
  const { stdout } = await esc.start(['completion', 'powershell'], {}).ended
  expect(stdout).toContain('Register-ArgumentCompleter -Native -CommandName esc')
})
