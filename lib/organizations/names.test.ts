import { describe, expect, it } from 'vitest'
import { environmentNameProblem, key, organizationNameProblem, projectNameProblem } from './names'

const long = (length: number) => 'a'.repeat(length)

describe('organization names', () => {
  it.each(['acme', 'a1b', 'Acme-Corp', 'a_b', long(40)])('takes %s', (name) => {
    expect(organizationNameProblem(name)).toBeUndefined()
  })

  it.each([
    ['', 'empty'],
    ['ab', 'too_short'],
    [long(41), 'too_long'],
    ['a.b', 'characters'],
    ['a b', 'characters'],
    ['acme\n', 'characters'],
    ['äcme', 'characters'],
    ['-acme', 'edges'],
    ['acme_', 'edges'],
    ['api', 'reserved'],
    ['SignIn', 'reserved'],
  ])('refuses %j: %s', (name, code) => {
    expect(organizationNameProblem(name)?.code).toBe(code)
  })
})

describe('A02: names of projects and environments', () => {
  const judges = { project: projectNameProblem, environment: environmentNameProblem }

  it.each(['prod', 'Prod', 'a', '1', 'a.b', '.hidden', 'a-b_c', 'default', long(100)])('takes %s', (name) => {
    for (const judge of Object.values(judges)) expect(judge(name)).toBeUndefined()
  })

  it.each([
    '',
    '.',
    '..',
    ' prod',
    'prod ',
    'prod/',
    'a/b',
    'prod%20',
    'prod\u0000',
    'prod\u200b',
    'ｐｒｏｄ',
    'prod\u0301',
    'pröd',
    'prod\n',
    long(101),
  ])('refuses %j', (name) => {
    for (const judge of Object.values(judges)) expect(judge(name)).toBeDefined()
  })

  it('keeps free what the routes of the API mean', () => {
    for (const name of ['yaml', 'tags', 'restore']) expect(projectNameProblem(name)?.code).toBe('reserved')
    for (const name of ['open', 'yaml', 'YAML']) expect(environmentNameProblem(name)?.code).toBe('reserved')
  })

  it('compares without regard to case', () => {
    expect(key('Prod')).toBe(key('pROD'))
    expect(key('prod')).not.toBe(key('prod-'))
  })
})
