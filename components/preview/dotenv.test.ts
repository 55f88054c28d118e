import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { toDotenv, toShell } from './dotenv'
import type { PreviewNode } from './model'

const variable = (name: string, text: string, state: PreviewNode['state'] = 'plain'): PreviewNode => ({
  path: `environmentVariables.${name}`,
  steps: ['environmentVariables', name],
  name,
  kind: 'string',
  type: 'string',
  state,
  text,
  layers: [],
  children: [],
})

const awkward = `it's "quoted" $HOME \`id\` \\ and\nmore`

it('a shell reads back exactly the value', () => {
  const script = `${toShell([variable('A', awkward)], { secrets: 'show' })}\nprintf %s "$A"`
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(awkward)
})

it('masks secrets unless they are shown', () => {
  const variables = [variable('TOKEN', 'hunter2', 'secret')]
  expect(toDotenv(variables, { secrets: 'mask' })).toBe('TOKEN="[secret]"')
  expect(toDotenv(variables, { secrets: 'show' })).toBe('TOKEN="hunter2"')
})
