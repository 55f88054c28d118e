import { array, assert, constant, constantFrom, oneof, property, record } from 'fast-check'
import { expect, it } from 'vitest'
import { isFailure } from '@/lib/failure'
import { isPart, requireCovering, requireCoveringOn } from './covering'
import { applies, type EnvironmentFacts, type Grant, scopesOfLevel, type Where } from './grants'

const names = ['one', 'two']
const simple = oneof(
  constant<Where>({ kind: 'every_environment' }),
  record({ kind: constant('environment' as const), id: constantFrom(...names) }),
  record({ kind: constant('project' as const), key: constantFrom(...names) }),
  record({ kind: constant('created_by' as const), personId: constantFrom(...names) }),
  record({ kind: constant('tag' as const), name: constantFrom(...names) }),
  record({ kind: constant('tag' as const), name: constantFrom(...names), value: constantFrom(...names) }),
)
const wheres = oneof(
  simple,
  record({ kind: constant('all_of' as const), rules: array(simple, { maxLength: 3 }) }),
  record({ kind: constant('any_of' as const), rules: array(simple, { maxLength: 3 }) }),
)
const facts = record({
  id: constantFrom(...names),
  projectKey: constantFrom(...names),
  ownerId: constantFrom(...names),
  tags: array(record({ name: constantFrom(...names), value: constantFrom(...names) }), { maxLength: 2 }),
})

it('T20: calls a condition part of another only if it is, on every environment', () => {
  assert(
    property(wheres, wheres, facts, (inner, outer, environment: EnvironmentFacts) => {
      if (isPart(inner, outer) && applies(inner, environment)) expect(applies(outer, environment)).toBe(true)
    }),
    { numRuns: 50_000 },
  )
})

it('knows that everything is part of itself and of everything', () => {
  assert(
    property(simple, (where) => {
      expect(isPart(where, where)).toBe(true)
      expect(isPart(where, { kind: 'every_environment' })).toBe(true)
      expect(isPart({ kind: 'all_of', rules: [where, { kind: 'project', key: 'x' }] }, where)).toBe(true)
      expect(isPart(where, { kind: 'any_of', rules: [{ kind: 'project', key: 'x' }, where] })).toBe(true)
    }),
  )
})

const grant = (where: Where, level: 'read' | 'open' | 'admin', limit?: number): Grant => ({
  through: { kind: 'direct', grantId: 'x' },
  where,
  permits: scopesOfLevel(level),
  ...(limit !== undefined && { maxOpenDurationSeconds: limit }),
})

const covers = (own: Grant[], gift: Grant) => {
  try {
    requireCovering(own, [gift])
    return true
  } catch (error) {
    return !isFailure(error)
  }
}

it('takes several grants together, each for its scopes', () => {
  const shop: Where = { kind: 'project', key: 'shop' }
  expect(
    covers([grant(shop, 'read'), grant({ kind: 'every_environment' }, 'open', 60)], grant(shop, 'open')),
  ).toBe(false)
  expect(
    covers([grant(shop, 'read'), grant({ kind: 'every_environment' }, 'open', 60)], grant(shop, 'open', 60)),
  ).toBe(true)
  expect(covers([grant(shop, 'admin')], grant({ kind: 'every_environment' }, 'read'))).toBe(false)
  expect(covers([], grant(shop, 'read'))).toBe(false)
})

it('judges by what is known of one environment', () => {
  const environment = { id: 'e', projectKey: 'shop', ownerId: null, tags: [{ name: 'tier', value: 'prod' }] }
  const own = [grant({ kind: 'tag', name: 'tier' }, 'open', 600)]
  const gift = (level: 'open' | 'admin', limit?: number) => () =>
    requireCoveringOn(own, environment, grant({ kind: 'every_environment' }, level, limit))
  expect(gift('open', 600)).not.toThrow()
  expect(gift('open', 601)).toThrow('environment:')
  expect(gift('open')).toThrow('environment:')
  expect(gift('admin', 600)).toThrow('environment:')
})
