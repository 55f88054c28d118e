import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockFolder } from './lock'

const root = fileURLToPath(new URL('../..', import.meta.url))
const inUse = expect.objectContaining({ code: 'data_folder_in_use' })

let folder = ''
const children: ChildProcess[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openesc-lock-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

/** A process that takes the lock, says whether it got it, and then waits. */
async function contender(): Promise<{ child: ChildProcess; outcome: Promise<string> }> {
  const program = `
    import { lockFolder } from '${join(root, 'lib/db/lock.ts')}'
    process.stdout.write('ready\\n')
    process.stdin.once('data', async () => {
      const outcome = await lockFolder('${folder}').then(() => 'held', (error) => error.code)
      process.stdout.write(outcome + '\\n')
    })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const next = async () => String((await once(child.stdout, 'data'))[0]).trim()
  await next()
  return { child, outcome: next() }
}

it('lets one hold a folder, and the next one after it', async () => {
  const lock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toEqual(inUse)
  await lock.release()
  const next = await lockFolder(folder)
  await next.release()
  expect(await readdir(join(folder, 'lock'))).toEqual([])
})

it('refuses a second process, and yields after the first was killed', async () => {
  const { child, outcome } = await contender()
  child.stdin?.write('go\n')
  expect(await outcome).toBe('held')
  await expect(lockFolder(folder)).rejects.toEqual(inUse)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const lock = await lockFolder(folder)
  await lock.release()
})

it('never lets two of many processes have it, also over the remains of a dead one', async () => {
  const first = await contender()
  first.child.stdin?.write('go\n')
  await first.outcome
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const all = await Promise.all(Array.from({ length: 6 }, contender))
  for (const { child } of all) child.stdin?.write('go\n')
  const outcomes = await Promise.all(all.map(({ outcome }) => outcome))
  expect(outcomes.filter((outcome) => outcome === 'held').length).toBeLessThanOrEqual(1)
  expect(new Set(outcomes)).not.toContain(undefined)
}, 60_000)

it('never lets two within one process have it', async () => {
  for (let round = 0; round < 10; round++) {
    const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => lockFolder(folder)))
    const held = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
    expect(held.length).toBeLessThanOrEqual(1)
    for (const lock of held) await lock.release()
  }
}, 60_000)

it('works below a path that is too long for a socket', async () => {
  const deep = join(folder, 'a'.repeat(60), 'b'.repeat(60))
  await mkdir(deep, { recursive: true })
  const lock = await lockFolder(deep)
  await expect(lockFolder(deep)).rejects.toEqual(inUse)
  await lock.release()
})
