import {
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  integer,
  oneof,
  option,
  property,
  record,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelOn, may } from './authorize'
import {
  applies,
  type EnvironmentFacts,
  environmentScopeNames,
  type Grant,
  levelOfScopes,
  organizationScopeNames,
  scopesOfLevel,
  scopesOfRole,
  type Where,
} from './grants'
import { atLeast, levels } from './levels'
import { environmentScopes, type Scope } from './scopes'

const names = ['one', 'two', 'three']
const simple = oneof(
  constant<Where>({ kind: 'organization' }),
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
const permits = oneof(
  constantFrom(...levels).map(scopesOfLevel),
  constantFrom('admin' as const, 'member' as const, 'billing_manager' as const).map(scopesOfRole),
  array(constantFrom<Scope[]>('environment:read', 'environment:open', 'environment:create')).map(
    (scopes): ReadonlySet<Scope> => new Set(scopes),
  ),
)
const grantsArbitrary = array(
  record({
    where: wheres,
    permits,
    limit: option(integer({ min: 60, max: 7200 }), { nil: undefined }),
    approved: boolean(),
  }).map(
    ({ where, permits, limit, approved }): Grant => ({
      through: approved ? { kind: 'open_request', requestId: 'x' } : { kind: 'direct', grantId: 'x' },
      where,
      permits,
      ...(limit !== undefined && { maxOpenDurationSeconds: limit }),
    }),
  ),
  { maxLength: 6 },
)
const facts = record({
  id: constantFrom(...names),
  projectKey: constantFrom(...names),
  ownerId: option(constantFrom(...names)),
  tags: array(record({ name: constantFrom(...names), value: constantFrom(...names) }), { maxLength: 2 }),
  openGated: boolean(),
})
const scopes = constantFrom<Scope[]>(...environmentScopeNames(), ...organizationScopeNames())
const runs = { numRuns: 5_000 }

describe('the authorizer', () => {
  it('A16: does not care about the order of grants', () => {
    assert(
      property(grantsArbitrary, scopes, facts, (grants, scope, environment) => {
        const forward = may(grants, scope, environment)
        const backward = may([...grants].reverse(), scope, environment)
        expect(backward.allowed).toBe(forward.allowed)
        if (forward.allowed && backward.allowed) {
          expect(backward.maxOpenDurationSeconds).toBe(forward.maxOpenDurationSeconds)
          expect(new Set(backward.through)).toEqual(new Set(forward.through))
        }
        expect(levelOn([...grants].reverse(), environment)).toBe(levelOn(grants, environment))
      }),
      runs,
    )
  })

  it('names exactly the grants that decide', () => {
    assert(
      property(grantsArbitrary, scopes, facts, (grants, scope, environment) => {
        const decision = may(grants, scope, environment)
        const through = decision.allowed ? decision.through : []
        const readers = grants.filter(({ permits }) => permits.has('environment:read'))
        for (const grant of through) {
          const leaning = grant.through.kind === 'open_request' ? readers : []
          expect(may([grant, ...leaning], scope, environment).allowed).toBe(true)
        }
        const rest = grants.filter((grant) => !through.includes(grant))
        expect(may(rest, scope, environment).allowed).toBe(false)
      }),
      runs,
    )
  })

  it('never loses a permission by one more grant', () => {
    assert(
      property(grantsArbitrary, grantsArbitrary, scopes, facts, (some, more, scope, environment) => {
        if (may(some, scope, environment).allowed) {
          expect(may([...some, ...more], scope, environment).allowed).toBe(true)
        }
        expect(atLeast(levelOn([...some, ...more], environment), levelOn(some, environment))).toBe(true)
      }),
      runs,
    )
  })

  it('agrees with an independent implementation', () => {
    assert(
      property(grantsArbitrary, scopes, facts, boolean(), (grants, scope, environment, withEnvironment) => {
        const asked = withEnvironment ? environment : undefined
        expect(may(grants, scope, asked).allowed).toBe(reference(grants, scope, asked))
      }),
      { numRuns: 100_000 },
    )
  })

  it('has no environment scope without an environment', () => {
    const everything: Grant[] = [
      {
        through: { kind: 'operator' },
        where: { kind: 'every_environment' },
        permits: scopesOfLevel('admin'),
      },
      { through: { kind: 'operator' }, where: { kind: 'organization' }, permits: scopesOfLevel('admin') },
    ]
    expect(may(everything, 'environment:read').allowed).toBe(false)
  })

  it('A12: takes an empty rule for nothing', () => {
    const environment = { id: 'one', projectKey: 'p', ownerId: null }
    expect(applies({ kind: 'all_of', rules: [] }, environment)).toBe(false)
    expect(applies({ kind: 'any_of', rules: [] }, environment)).toBe(false)
  })

  it('does not take a missing owner for a creator', () => {
    const orphan = { id: 'one', projectKey: 'p', ownerId: null }
    expect(applies({ kind: 'created_by', personId: '' }, orphan)).toBe(false)
  })

  it('A11: opens behind a gate by approval alone, and only what its holder may read', () => {
    const gated = { id: 'one', projectKey: 'p', ownerId: null, openGated: true }
    const admin: Grant = {
      through: { kind: 'organization_role', role: 'admin' },
      where: { kind: 'every_environment' },
      permits: scopesOfLevel('admin'),
    }
    const approval: Grant = {
      through: { kind: 'open_request', requestId: 'r' },
      where: { kind: 'environment', id: 'one' },
      permits: new Set<Scope>(['environment:open', 'environment_version:open']),
      maxOpenDurationSeconds: 600,
    }
    for (const scope of ['environment:open', 'environment_version:open', 'environment:clone'] as const) {
      expect(may([admin], scope, gated).allowed).toBe(false)
      expect(may([admin], scope, { ...gated, openGated: false }).allowed).toBe(true)
    }
    expect(may([admin], 'environment:write', gated).allowed).toBe(true)
    expect(may([approval], 'environment:open', gated).allowed).toBe(false)
    expect(may([admin, approval], 'environment:clone', gated).allowed).toBe(false)
    expect(may([admin, approval], 'environment:open', gated)).toEqual({
      allowed: true,
      through: [approval],
      maxOpenDurationSeconds: 600,
    })
  })

  it('caps an open by the most generous grant that allows it', () => {
    const on = (level: 'read' | 'open', limit?: number): Grant => ({
      through: { kind: 'direct', grantId: String(limit) },
      where: { kind: 'every_environment' },
      permits: scopesOfLevel(level),
      ...(limit !== undefined && { maxOpenDurationSeconds: limit }),
    })
    const environment = { id: 'one', projectKey: 'p', ownerId: null }
    const capOf = (grants: Grant[]) => {
      const decision = may(grants, 'environment:open', environment)
      return decision.allowed ? (decision.maxOpenDurationSeconds ?? 'none') : 'refused'
    }
    expect(capOf([on('open', 60), on('open', 600)])).toBe(600)
    expect(capOf([on('open', 60), on('open')])).toBe('none')
    // A grant that does not allow opening lifts no cap.
    expect(capOf([on('open', 60), on('read')])).toBe(60)
  })
})

describe('levels', () => {
  it('hold all the scopes of those below', () => {
    for (const scope of environmentScopeNames()) {
      for (const level of levels) {
        const expected = level !== 'none' && atLeast(level, environmentScopes[scope].level)
        expect(scopesOfLevel(level).has(scope), `${level} ${scope}`).toBe(expected)
      }
    }
  })

  it('are recognized from their scopes', () => {
    for (const level of levels) expect(levelOfScopes(scopesOfLevel(level))).toBe(level)
    expect(levelOfScopes(new Set<Scope>(['environment:open', 'environment:write']))).toBe('none')
  })
})

/** Written from console.md §8 and §9.2 alone: yes if any grant that counts, whose rule matches, lists the scope. */
function reference(grants: Grant[], scope: Scope, environment: EnvironmentFacts | undefined): boolean {
  const aboutEnvironment = scope in environmentScopes
  const opening = ['environment:open', 'environment_version:open', 'environment:clone'].includes(scope)
  const reads = grants.some(
    (grant) => environment && grant.permits.has('environment:read') && matches(grant.where, environment),
  )
  for (const { where, permits, through } of grants) {
    const approved = through.kind === 'open_request'
    if (!permits.has(scope) || (approved && !(reads && aboutEnvironment))) continue
    if (opening && environment?.openGated && !approved) continue
    if (aboutEnvironment ? environment && matches(where, environment) : where.kind === 'organization')
      return true
  }
  return false
}

function matches(where: Where, environment: EnvironmentFacts): boolean {
  if (where.kind === 'any_of') {
    let any = false
    for (const rule of where.rules) any = any || matches(rule, environment)
    return any
  }
  if (where.kind === 'all_of') {
    let count = 0
    for (const rule of where.rules) if (matches(rule, environment)) count++
    return count > 0 && count === where.rules.length
  }
  const subjects = [
    where.kind === 'every_environment',
    where.kind === 'environment' && environment.id === where.id,
    where.kind === 'project' && environment.projectKey === where.key,
    where.kind === 'created_by' && environment.ownerId === where.personId,
    where.kind === 'tag' &&
      environment.tags?.some((tag) => tag.name === where.name && (where.value ?? tag.value) === tag.value),
  ]
  return subjects.includes(true)
}
