import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkFile } from './check'
import { checkTree } from './tree'

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url))
const rules = readdirSync(fixtures).filter((name) => name !== 'nothing-forbidden')

describe.each(rules)('the rule %s', (rule) => {
  const { files, violations } = checkTree(fixtures + rule)

  it('finds a fault in every file of its fixture, and no other fault', () => {
    expect(files).toBeGreaterThan(0)
    expect(new Set(violations.map(({ path }) => path)).size).toBe(files)
    expect(new Set(violations.map((violation) => violation.rule))).toEqual(new Set([rule]))
  })

  it('says where', () => {
    for (const { line } of violations) expect([1, 2]).toContain(line)
  })
})

it('has a fixture for each of the six rules', () => expect(rules).toHaveLength(6))

it('finds nothing where nothing is forbidden', () => {
  expect(checkTree(`${fixtures}nothing-forbidden`)).toEqual({ files: 9, violations: [] })
})

it('does not let a file pass that it cannot read', () => {
  expect(() => checkFile('lib/x.ts', 'import {')).toThrow('lib/x.ts')
})
