/** Switches the mutants off one by one and asks the matrix about those operations that come by them. */
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, it } from 'vitest'
import { projectRoot } from '@/lib/project-root'
import { expectations } from '../security/matrix/expectations'
import { type Asked, askEverybody } from '../security/matrix/matrix'
import { findOperations } from '../security/matrix/operations'
import { takeSnapshot } from '../security/matrix/snapshot'
import { makeWorld } from '../security/matrix/world'
import { type TemporaryDatabase, temporaryDatabase } from '../support/database'
import { allMutants } from './sources'
import { installSwitch } from './switch'

const { MUTATION_REPORT: report = '', MUTATION_ONLY: only = '' } = process.env

const mutantSwitch = installSwitch()
let temporary: TemporaryDatabase
let asked: Asked[]

beforeAll(async () => {
  temporary = await temporaryDatabase()
  const world = await makeWorld()
  const snapshot = await takeSnapshot()
  const operations = await findOperations()
  asked = operations.map((operation) => ({
    operation,
    line: expectations[operation.name] ?? 'absent',
    world,
    snapshot,
  }))
})

afterAll(() => temporary?.close())

it('the matrix notices', async () => {
  // Read before it takes its time: the files may change meanwhile.
  const mutants = allMutants(projectRoot()).filter(({ id }) => id.includes(only))
  const reachedBy = await reach()
  const survivors: string[] = []
  for (const { id } of mutants) {
    const witness = await firstFault(id, reachedBy.get(id) ?? [])
    if (witness === undefined) survivors.push(id)
    process.stdout.write(`${witness === undefined ? 'survives' : 'noticed '}  ${id}  ${witness ?? ''}\n`)
  }
  writeFileSync(report, JSON.stringify(survivors, null, 2))
})

async function reach(): Promise<Map<string, Asked[]>> {
  const reachedBy = new Map<string, Asked[]>()
  for (const one of asked) {
    mutantSwitch.takeReached()
    for await (const fault of askEverybody(one)) throw new Error(`${one.operation.name}: ${fault}`)
    for (const id of mutantSwitch.takeReached()) reachedBy.set(id, [...(reachedBy.get(id) ?? []), one])
  }
  return reachedBy
}

/** What decides for many operations decides for each alike: a few of them tell. */
const enough = 10

async function firstFault(id: string, reaching: readonly Asked[]): Promise<string | undefined> {
  mutantSwitch.turnOff(id)
  try {
    for (const one of reaching.slice(0, enough)) {
      for await (const fault of askEverybody(one)) return `${one.operation.name}: ${fault}`
    }
    return undefined
  } catch (error) {
    return error instanceof Error ? error.name : 'an error'
  } finally {
    mutantSwitch.turnOff(undefined)
  }
}
