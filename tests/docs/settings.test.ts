import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingNames } from '@/lib/config'
import { projectRoot } from '@/lib/project-root'

const page = readFileSync(join(projectRoot(), 'docs', 'install.md'), 'utf8')
const documented = new Set([...page.matchAll(/`((?:OPENESC_)?[A-Z_]+)`/g)].map(([, name]) => name))

test.each(settingNames)('docs/install.md tells of %s', (name) => {
  expect(documented).toContain(name)
})

test('docs/install.md tells of no setting that does not exist', () => {
  const told = [...documented].filter((name) => name?.startsWith('OPENESC_'))
  expect(told.filter((name) => name !== undefined && !settingNames.includes(name))).toEqual([])
})
