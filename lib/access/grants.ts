/**
 * What a principal was given, in one shape whatever it came through. Grants only add: there is no deny and no order, so
 * a decision is a union (console.md §9.2).
 */
import { atLeast, type Level, levels, rank } from './levels'
import {
  type EnvironmentScope,
  environmentScopes,
  isEnvironmentScope,
  isOrganizationScope,
  type OrganizationRole,
  type OrganizationScope,
  organizationScopes,
  roleHolds,
  type Scope,
} from './scopes'

/** Where a grant comes from, for explanations and audit. */
export type GrantSource =
  | { kind: 'operator' }
  | { kind: 'organization_role'; role: OrganizationRole }
  | { kind: 'organization_default' }
  | { kind: 'creator' }
  | { kind: 'direct'; grantId: string }
  | { kind: 'team'; teamId: string; team: string; grantId: string }
  | { kind: 'custom_role'; roleId: string; role: string; teamId?: string; team?: string }
  /** An approved wish to open: for a time, and the only kind that passes a gate on opening. */
  | { kind: 'open_request'; requestId: string }

/** Which resources a grant is about; a tree, so that more kinds of rules can come. */
export type Where =
  | { kind: 'organization' }
  | { kind: 'every_environment' }
  | { kind: 'environment'; id: string }
  | { kind: 'project'; key: string }
  | { kind: 'created_by'; personId: string }
  | { kind: 'tag'; name: string; value?: string }
  | { kind: 'all_of'; rules: readonly Where[] }
  | { kind: 'any_of'; rules: readonly Where[] }

export interface Grant {
  through: GrantSource
  where: Where
  permits: ReadonlySet<Scope>
  /** Longest lifetime, in seconds, of what is opened by this grant. */
  maxOpenDurationSeconds?: number
}

/** What a rule may ask about an environment. */
export interface EnvironmentFacts {
  id: string
  projectKey: string
  ownerId: string | null
  tags?: readonly { name: string; value: string }[]
  /** Whether opening needs approval, whatever was granted. */
  openGated?: boolean
}

const scopesByLevel = new Map<Level, ReadonlySet<Scope>>(
  levels.map((level) => [level, new Set(environmentScopeNames().filter((scope) => includes(level, scope)))]),
)

const scopesByRole = new Map<OrganizationRole, ReadonlySet<Scope>>(
  (['admin', 'member', 'billing_manager'] as const).map((role) => [
    role,
    new Set(organizationScopeNames().filter((scope) => roleHolds(role, scope))),
  ]),
)

const nothing: ReadonlySet<Scope> = new Set()

/** The environment scopes that a level stands for. */
export function scopesOfLevel(level: Level): ReadonlySet<Scope> {
  return scopesByLevel.get(level) ?? nothing
}

/** The organization scopes that a built-in role stands for. */
export function scopesOfRole(role: OrganizationRole): ReadonlySet<Scope> {
  return scopesByRole.get(role) ?? nothing
}

const levelsBySet = new WeakMap<ReadonlySet<Scope>, Level>()

/** The highest level all of whose scopes are among those given. */
export function levelOfScopes(scopes: ReadonlySet<Scope>): Level {
  const level = levelsBySet.get(scopes) ?? highestLevelWithin(scopes)
  levelsBySet.set(scopes, level)
  return level
}

function highestLevelWithin(scopes: ReadonlySet<Scope>): Level {
  for (let at = levels.length - 1; at > 0; at--) {
    const level = levels[at] ?? 'none'
    if (isSubset(scopesOfLevel(level), scopes)) return level
  }
  return 'none'
}

export function environmentScopeNames(): EnvironmentScope[] {
  return Object.keys(environmentScopes).filter(isEnvironmentScope)
}

export function organizationScopeNames(): OrganizationScope[] {
  return Object.keys(organizationScopes).filter(isOrganizationScope)
}

function includes(level: Level, scope: EnvironmentScope): boolean {
  return rank(level) > 0 && atLeast(level, environmentScopes[scope].level)
}

function isSubset<T>(some: ReadonlySet<T>, all: ReadonlySet<T>): boolean {
  for (const one of some) if (!all.has(one)) return false
  return true
}

/** Whether a rule is about an environment. `undefined` stands for the organization itself. */
export function applies(where: Where, environment: EnvironmentFacts | undefined): boolean {
  if (where.kind === 'organization') return environment === undefined
  if (environment === undefined) return false
  switch (where.kind) {
    case 'every_environment':
      return true
    case 'environment':
      return where.id === environment.id
    case 'project':
      return where.key === environment.projectKey
    case 'created_by':
      return where.personId === environment.ownerId
    case 'tag':
      return hasTag(environment, where)
    case 'all_of':
      // An empty rule must never mean everything (A12).
      return where.rules.length > 0 && where.rules.every((rule) => applies(rule, environment))
    case 'any_of':
      return where.rules.some((rule) => applies(rule, environment))
  }
}

function hasTag({ tags = [] }: EnvironmentFacts, wanted: { name: string; value?: string }): boolean {
  return tags.some(({ name, value }) => name === wanted.name && (wanted.value ?? value) === value)
}
