import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonical, parse } from '../conformance/json'
import { describeCase } from './describe-case'

/**
 * Golden cases: a folder each with `env.yaml`, imports beside it, and what became of it in `expected.txt`.
 * `UPDATE_GOLDEN=1` writes the expectation anew; read the difference before committing it.
 */
const cases = readdirSync(import.meta.dirname).filter((name) =>
  statSync(join(import.meta.dirname, name)).isDirectory(),
)

describe('golden cases', () => {
  it('are there', () => {
    expect(cases.length).toBeGreaterThan(25)
  })

  it.each(cases)('%s', async (name) => {
    const folder = join(import.meta.dirname, name)
    const file = join(folder, 'expected.txt')
    const found = await describeCase(folder)
    if (process.env.UPDATE_GOLDEN === '1' || !existsSync(file)) writeFileSync(file, found)
    expect(found).toBe(`${canonical(parse(readFileSync(file, 'utf8')))}\n`)
  })
})
