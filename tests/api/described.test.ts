import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/each-database'
import { type Answered, describedAnswers } from './described'
import { listeningApi } from './server'

describeOnEachDatabase('the check of answers against openapi.json', () => {
  const api = listeningApi()
  const path = '/api/esc/environments/acme/web/prod'
  const json = (method: string, path: string, body: unknown): Answered => ({
    method,
    path,
    status: 200,
    contentType: 'application/json; charset=utf-8',
    text: JSON.stringify(body),
  })
  const range = {
    environment: 'x',
    begin: { line: 1, column: 1, byte: 0 },
    end: { line: 1, column: 1, byte: 0 },
  }

  it('accepts what is described', async () => {
    const check = await describedAnswers(api.url)
    check(json('POST', `${path}/open`, { id: 'x' }))
    check(json('GET', `${path}/open/x`, { properties: { a: { value: [], trace: { def: range } } } }))
    check({ ...json('GET', path, ''), contentType: 'application/x-yaml' })
    check({ ...json('GET', `${path}/absent`, { code: 404, message: 'x' }), status: 404 })
  })

  it.each([
    ['another status', { ...json('GET', path, ''), status: 418 }],
    ['another content type', json('GET', path, {})],
    ['a missing member', json('POST', `${path}/open`, {})],
    ['a member too many', json('POST', `${path}/open`, { id: 'x', secret: 'y' })],
    ['a wrong type', json('GET', `${path}/settings`, { deletionProtected: 'yes' })],
    [
      'a wrong value deep inside',
      json('GET', `${path}/open/x`, { properties: { a: { value: [{ value: 1 }], trace: { def: range } } } }),
    ],
    ['an error without a code', { ...json('GET', `${path}/tags/x`, { message: 'x' }), status: 404 }],
  ])('refuses %s', async (_what, answer) => {
    const check = await describedAnswers(api.url)
    expect(() => check(answer)).toThrow(answer.path)
  })
})
