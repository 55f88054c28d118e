/**
 * Runs each test once as it is, and then once for each mutant that it came by, over the same database: what fails only
 * with the mutant notices it. A test that cannot be run twice judges nothing.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { type RunnerTestCase, TestRunner } from 'vitest'
import { database } from '@/lib/db'
import { type Snapshot, takeSnapshot } from '../security/matrix/snapshot'
import { type Installed, installSwitch } from './switch'

const { MUTANTS_WANTED: wanted = '', MUTANTS_NOTICED: noticed = '' } = process.env
/** A mutant may take away what ends a wait. */
const patienceMs = 30_000

export default class MutantRunner extends TestRunner {
  readonly #mutants: Installed = installSwitch()
  readonly #open = new Set(linesOf(wanted).filter((id) => !linesOf(noticed).includes(id)))

  async runTask(test: RunnerTestCase): Promise<void> {
    const run = TestRunner.getTestFn(test)
    const before = await snapshot('before_test')
    this.#mutants.takeReached()
    await run()
    const reached = this.#mutants.takeReached().filter((id) => this.#open.has(id))
    if (reached.length === 0) return
    const after = await snapshot('after_test')
    const noticing: string[] = []
    for (const id of reached) {
      await before?.restore()
      this.#mutants.turnOff(id)
      if (await this.#fails(run)) noticing.push(id)
      this.#mutants.turnOff(undefined)
    }
    // Once more as it is: what the tests after it build on is then of one run.
    await before?.restore()
    if (await this.#fails(run)) {
      await after?.restore()
      process.stdout.write(`cannot be run twice: ${test.name}\n`)
    } else for (const id of noticing) this.#notice(id, test.name)
  }

  async #fails(run: () => unknown): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('too late')), patienceMs)
    })
    try {
      await Promise.race([run(), late])
      return false
    } catch {
      return true
    } finally {
      clearTimeout(timer)
    }
  }

  #notice(id: string, test: string): void {
    this.#open.delete(id)
    appendFileSync(noticed, `${id}\n`)
    process.stdout.write(`noticed   ${id}  ${test}\n`)
  }
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
}

/** Undefined for tests without a database. */
async function snapshot(name: string): Promise<Snapshot | undefined> {
  try {
    database()
  } catch {
    return undefined
  }
  return takeSnapshot(name)
}
