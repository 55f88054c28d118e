/** The matrix of security-cases.md §4: every operation by everybody, against the one table of expectations. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TemporaryDatabase, temporaryDatabase } from '../../support/database'
import { expectations } from './expectations'
import { askEverybody } from './matrix'
import { findOperations, type Operation } from './operations'
import { type Snapshot, takeSnapshot } from './snapshot'
import { makeWorld, type World } from './world'

let temporary: TemporaryDatabase
let world: World
let snapshot: Snapshot
let operations: Operation[]

beforeAll(async () => {
  temporary = await temporaryDatabase()
  world = await makeWorld()
  snapshot = await takeSnapshot()
  operations = await findOperations()
}, 120_000)

afterAll(() => temporary?.close())

it('A01: knows every operation, and none that is no more', () => {
  const found = operations.map(({ name }) => name).sort()
  expect(found).toEqual(Object.keys(expectations).sort())
})

describe('A01, A03, A05, T21, W03: the matrix', () => {
  it.each(Object.entries(expectations))('%s', async (name, line) => {
    const operation = operations.find((one) => one.name === name)
    if (!operation) throw new Error('there is no such operation')
    const faults: string[] = []
    for await (const fault of askEverybody({ operation, line, world, snapshot })) faults.push(fault)
    expect(faults).toEqual([])
  })
})
