/** One mutant is off for the whole file when `MUTANT` names it; otherwise the file's mutants are written down. */
import { appendFileSync } from 'node:fs'
import { afterAll, expect } from 'vitest'
import { installSwitch } from './switch'

const { MUTANT: mutant, MUTANTS_REACHED: reached } = process.env
const installed = installSwitch()
installed.turnOff(mutant)

if (reached !== undefined) {
  afterAll(() => {
    const line = { file: expect.getState().testPath, mutants: installed.takeReached() }
    appendFileSync(reached, `${JSON.stringify(line)}\n`)
  })
}
