/** `esc run` as a process: secrets, files, exit codes and signals (security-cases C05, C07, C08, C10). */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { machine } from './harness'
import { type Program, program, watch } from './program'
import { service, variablesFor } from './service'

const backend = service()
const esc: Program = program()
const canary = 'canary-7f3a-value'

const definition = `values:
  secret:
    fn::secret: ${canary}
  big:
    fn::secret: ${canary}${'x'.repeat(140_000)}
  environmentVariables:
    SECRET: \${secret}
    PLAIN: plain
  files:
    FILE: "content \${secret}"
`

const run = (...words: string[]) => esc.start(['run', 'acme/app/dev', ...words], variablesFor(backend))

beforeAll(async () => {
  const setUp = machine({ env: variablesFor(backend) })
  expect(await setUp.run(['env', 'init', 'acme/app/dev', '-f', '-'], definition)).toMatchObject({
    outcome: { exitCode: 0 },
    stdout: 'Environment created: acme/app/dev\n',
  })
  setUp.remove()
})

describe('esc run', () => {
  it('masks secrets in both streams, and nothing else', async () => {
    const { ended } = run('--', 'sh', '-c', 'echo "$PLAIN $SECRET"; cat "$FILE" >&2')
    expect(await ended).toMatchObject({
      code: 0,
      stdout: 'plain [secret]\n',
      stderr: expect.stringMatching(/\[secret\]$/),
    })
  })

  it('leaves the output alone with -i', async () => {
    const { ended } = run('-i', 'sh', '-c', 'echo "$SECRET"')
    expect((await ended).stdout).toBe(`${canary}\n`)
  })

  it('puts values into arguments and masks those, too', async () => {
    const { ended } = run('echo', 'a ${secret} ${PLAIN} $${x}')
    expect((await ended).stdout).toBe('a [secret]  ${x}\n')
  })

  it("leaves the child's options to the child, with -- and without", async () => {
    const without = run('sh', '-c', 'echo "$*"', 'sh', '-i', '--', '-l')
    const withDashes = run('--', 'sh', '-c', 'echo "$*"', 'sh', '-i', '--', '-l')
    expect((await without.ended).stdout).toBe('-i -- -l\n')
    expect((await withDashes.ended).stdout).toBe('-i -- -l\n')
  })

  it('gives stdin to the child', async () => {
    const child = spawn(process.execPath, [esc.path, 'run', 'acme/app/dev', 'cat'], {
      env: { ...process.env, ...variablesFor(backend), HOME: esc.directory },
    })
    const { ended } = watch(child)
    child.stdin.end('from stdin')
    expect((await ended).stdout).toBe('from stdin')
  })

  it('C01: shows a prompt that has no newline yet', async () => {
    const started = run('sh', '-c', 'printf "Password: "; exec sleep 30')
    await started.until('Password: ')
    started.child.kill('SIGTERM')
    await started.ended
  })

  it('C04: refuses names that cannot be a variable, and warns of those that change programs', async () => {
    const local = machine({ env: variablesFor(backend) })
    const names = 'values:\n  environmentVariables:\n    "A=B": x\n'
    await local.run(['env', 'init', 'acme/app/names', '-f', '-'], names)
    const refused = await local.run(['run', 'acme/app/names', 'true'])
    expect(refused.stderr).toContain('environment variable name "A=B" is not valid')
    await local.run(
      ['env', 'edit', 'acme/app/names', '-f', '-'],
      'values: {environmentVariables: {LD_PRELOAD: ""}}\n',
    )
    const warned = await local.run(['run', 'acme/app/names', 'true'])
    expect(warned).toMatchObject({
      outcome: { exitCode: 0 },
      stderr: expect.stringContaining('warning: the environment sets LD_PRELOAD'),
    })
    local.remove()
  })
})

describe('C05: files', () => {
  const inspect = 'stat -c "%a %F" "$FILE" "$(dirname "$FILE")"; echo "$FILE"'

  it('are readable by the person alone, in a directory of their own, and gone afterwards', async () => {
    const { stdout } = await run('sh', '-c', inspect).ended
    const [file, directory, path = ''] = stdout.split('\n')
    expect([file, directory]).toEqual(['600 regular file', '700 directory'])
    expect(existsSync(join(path, '..'))).toBe(false)
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('are gone after %s', async (signal) => {
    const started = run('sh', '-c', 'echo "$FILE"; echo ready; exec sleep 30')
    await started.until('ready')
    started.child.kill(signal)
    const { stdout } = await started.ended
    expect(existsSync(stdout.split('\n')[0] ?? '')).toBe(false)
  })

  it('are gone after the child has crashed', async () => {
    const { stdout } = await run('sh', '-c', 'echo "$FILE"; kill -SEGV $$$$').ended
    expect(existsSync(stdout.split('\n')[0] ?? '')).toBe(false)
  })
})

// in the arguments of `esc run` a dollar sign is written twice
describe('C07: exit codes and signals', () => {
  it.each([0, 1, 7, 255])('passes exit code %d on', async (code) => {
    expect(await run('sh', '-c', `exit ${code}`).ended).toMatchObject({ code, stdout: '' })
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGKILL', 'SIGUSR2', 'SIGHUP'] as const)(
    'dies of %s when the child did',
    async (signal) => {
      const { ended } = run('sh', '-c', `kill -${signal.slice(3)} $$$$`)
      expect(await ended).toMatchObject({ signal, code: null })
    },
  )

  it.each([
    ['SIGQUIT', 131],
    ['SIGABRT', 134],
    ['SIGSEGV', 139],
  ])(
    'exits after a child that died of %s instead of dumping a core that holds the token',
    async (signal, code) => {
      const { ended } = run('sh', '-c', `ulimit -c 0; kill -${signal.slice(3)} $$$$`)
      expect(await ended).toMatchObject({ code, signal: null })
    },
  )

  const counter = `
    let count = 0
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) {
      process.on(name, () => { if (++count === 1) setTimeout(() => { console.log('got ' + count); process.exit(5) }, 300) })
    }
    setInterval(() => {}, 1000)
    console.log('ready')`

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const)('hands %s on once', async (signal) => {
    const started = run('node', '-e', counter)
    await started.until('ready')
    started.child.kill(signal)
    expect(await started.ended).toMatchObject({ code: 5, stdout: 'ready\ngot 1\n' })
  })

  const terminal = existsSync('/usr/bin/script')
  it.skipIf(!terminal)('does not repeat the Ctrl-C of a terminal (needs script of util-linux)', async () => {
    const command = `${process.execPath} ${esc.path} run acme/app/dev -i -- node -e '${counter.replaceAll("'", '"')}'`
    const child = spawn('/usr/bin/script', ['-qfec', command, '/dev/null'], {
      env: { ...process.env, ...variablesFor(backend), HOME: esc.directory },
    })
    const started = watch(child)
    await started.until('ready')
    child.stdin.write('\u0003')
    await started.until('got')
    child.stdin.end()
    expect((await started.ended).stdout).toMatch(/got 1\r?\n/)
  })
})

describe('C08: nothing that was opened is kept', () => {
  it('leaves no secret below the home directory', async () => {
    await run('true').ended
    await esc.start(['open', 'acme/app/dev'], variablesFor(backend)).ended
    const files = readdirSync(esc.directory, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    expect(texts.some((text) => text.includes(backend.token))).toBe(true)
    expect(texts.some((text) => text.includes(canary))).toBe(false)
  })
})

describe('C10: failures tell no secrets', () => {
  it('when the command does not exist', async () => {
    const { code, stdout, stderr } = await run('no-such-program', '${secret}').ended
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(
      'Error: resolving command: exec: "no-such-program": executable file not found in $PATH',
    )
    expect(stderr).not.toContain(canary)
  })

  it('when the system refuses to start it', async () => {
    const { code, stderr } = await run('--', 'true', '${big}').ended
    expect(code).toBe(1)
    expect(stderr).toContain('starting command: E2BIG')
    expect(stderr).not.toContain(canary)
  })

  it('in the process table', async () => {
    const started = run('sh', '-c', 'echo ready; exec sleep 30')
    await started.until('ready')
    const line = execFileSync('ps', ['-o', 'args=', '-p', String(started.child.pid)]).toString()
    started.child.kill('SIGTERM')
    await started.ended
    expect(line).toContain('esc.cjs')
    expect(line).not.toContain(backend.token)
    expect(line).not.toContain(canary)
  })
})
