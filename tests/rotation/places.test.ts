/** Wherever a rotated secret stands and however its place is written, its state finds its way back. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as z from 'zod'
import { openEnvironment } from '@/lib/environments/open'
import { readOpenSession } from '@/lib/environments/open-session'
import { propertiesToJson } from '@/lib/language'
import { rotateEnvironment } from '@/lib/rotation/rotate'
import { listRotatedPaths } from '@/lib/rotation/rotated-paths'
import { type TemporaryDatabase, temporaryDatabase } from '@/tests/support/database'
import { makeWorld, type World } from './world'

let temporary: TemporaryDatabase
let world: World

beforeAll(async () => {
  temporary = await temporaryDatabase()
  world = await makeWorld()
})

afterAll(() => temporary.close())

const call = '{ "fn::rotate::password": { inputs: {} } }'
const long = 'values:\n  db:\n    fn::rotate:\n      provider: password\n      inputs: { length: 20 }\n'

/** Name, definition, the path as it is listed, and others that mean the same. */
const places: [string, string, string, string[]][] = [
  ['plain', `values:\n  db: ${call}\n`, 'db', ['["db"]']],
  ['nested', `values:\n  a:\n    b: ${call}\n`, 'a.b', ['a["b"]', '["a"].b']],
  ['hyphen', `values:\n  a-b: ${call}\n`, '["a-b"]', ['a-b']],
  ['hyphen-below', `values:\n  x:\n    a-b: ${call}\n`, 'x["a-b"]', ['x.a-b', '["x"]["a-b"]']],
  ['dots', `values:\n  a.b: ${call}\n`, '["a.b"]', []],
  ['quote', `values:\n  'a"b': ${call}\n`, '["a\\"b"]', []],
  ['digit', `values:\n  1st: ${call}\n`, '["1st"]', ['1st']],
  ['list', `values:\n  all:\n    - 1\n    - ${call}\n`, 'all[1]', ['["all"][1]']],
  ['capital', `Values:\n  db: ${call}\n`, 'db', []],
  ['json', `{"values": {"db": ${call}}}\n`, 'db', []],
  ['long', long, 'db', []],
  ['long-capital', long.replace('values', 'VALUES').replace('inputs', '"inputs"'), 'db', []],
  ['quoted', `"values":\n  'db': # the door\n    'fn::rotate::password': { 'inputs': {} }\n`, 'db', []],
  ['empty-inputs', 'values:\n  db:\n    fn::rotate::password:\n      inputs: {\n      }\n', 'db', []],
  [
    'commented',
    'values:\n  db:\n    # a\n    fn::rotate::password:\n      # b\n      inputs: {}\n      # c\n',
    'db',
    [],
  ],
  ['tagged', 'values:\n  db: !!map\n    fn::rotate::password: &x\n      inputs: {}\n', 'db', []],
]

it.each(places)('%s', async (name, definition, path, others) => {
  const { actor } = world.person
  await world.add(name, definition)
  const paths = await listRotatedPaths(actor, world.reference(name))
  expect(paths.map(({ path }) => path)).toEqual([path])
  for (const written of [path, ...others]) {
    const { event } = await rotateEnvironment(actor, { ...world.reference(name), paths: [written] })
    expect(event).toMatchObject({ status: 'succeeded', results: [{ path, status: 'succeeded' }] })
  }
  const before = await currents(name)
  expect(before).toHaveLength(1)
  expect(await world.rotate(name)).toMatchObject({ status: 'succeeded', results: [{ path }] })
  expect(await currents(name)).not.toEqual(before)
})

/** Every current password that the environment opens to. */
async function currents(name: string): Promise<string[]> {
  const { id } = await openEnvironment(world.person.actor, world.reference(name))
  const { properties } = await readOpenSession(world.person.actor, { ...world.reference(name), id })
  const found: string[] = []
  JSON.stringify(propertiesToJson(properties, { secrets: 'show' }), (key, value) => {
    if (key === 'current') found.push(z.string().parse(value))
    return value
  })
  return found
}
