/**
 * The one authorizer: pure, without order, and able to name the grants that decide. Everything that may or may not be
 * done in the product is asked here, in the request that does it.
 */
import { applies, type EnvironmentFacts, type Grant, levelOfScopes } from './grants'
import { highest, type Level } from './levels'
import { type EnvironmentScope, isEnvironmentScope, type Scope } from './scopes'

export type Decision =
  | {
      allowed: true
      /** Every grant that allows it; any one of them would do alone. */
      through: Grant[]
      /** The most generous limit among them; absent when one of them has none. */
      maxOpenDurationSeconds?: number
    }
  | { allowed: false }

/**
 * Whether the grants allow `scope` on an environment, or on the organization when no environment is given.
 *
 * `environment:create` and its like are scopes of the organization although their name begins with `environment`.
 */
export function may(grants: readonly Grant[], scope: Scope, environment?: EnvironmentFacts): Decision {
  const resource = isEnvironmentScope(scope) ? environment : undefined
  if (isEnvironmentScope(scope) && resource === undefined) return { allowed: false }
  const counts = countingOn(grants, scope, resource)
  const through: Grant[] = []
  // A rule about another environment is the common case and the cheaper test.
  for (const grant of grants)
    if (applies(grant.where, resource) && grant.permits.has(scope) && counts(grant)) through.push(grant)
  if (through.length === 0) return { allowed: false }
  const limit = mostGenerousLimit(through)
  return { allowed: true, through, ...(limit !== undefined && { maxOpenDurationSeconds: limit }) }
}

/** What a gate on opening holds back. A copy would take the secrets out from behind the gate, so no approval gives it. */
const gatedScopes = [
  'environment:open',
  'environment_version:open',
  'environment:clone',
] as const satisfies EnvironmentScope[]

export type GatedScope = (typeof gatedScopes)[number]

export function isHeldBack(scope: Scope, environment: EnvironmentFacts | undefined): boolean {
  return environment?.openGated === true && gatedScopes.some((gated) => gated === scope)
}

/** The environment as its grants alone see it: who could open it if no gate stood before it. */
export function withoutGate<T extends EnvironmentFacts>(environment: T): T {
  return { ...environment, openGated: false }
}

/** An approval opens only what its holder may still read anyway, and where a gate stands nothing else opens. */
function countingOn(
  grants: readonly Grant[],
  scope: Scope,
  environment: EnvironmentFacts | undefined,
): (grant: Grant) => boolean {
  const gated = isHeldBack(scope, environment)
  const reads = ({ where, permits }: Grant) => permits.has('environment:read') && applies(where, environment)
  return ({ through }) =>
    through.kind === 'open_request' ? environment !== undefined && grants.some(reads) : !gated
}

/** The level that the grants add up to on an environment. */
export function levelOn(grants: readonly Grant[], environment: EnvironmentFacts): Level {
  const relevant = grants.filter((grant) => applies(grant.where, environment))
  const alone = highest(relevant.map(({ permits }) => levelOfScopes(permits)))
  // Together they are at least what the best of them is alone.
  if (relevant.length < 2 || alone === 'admin') return alone
  return levelOfScopes(new Set(relevant.flatMap((grant) => [...grant.permits])))
}

function mostGenerousLimit(through: readonly Grant[]): number | undefined {
  let limit = 0
  for (const { maxOpenDurationSeconds } of through) {
    if (maxOpenDurationSeconds === undefined) return undefined
    limit = Math.max(limit, maxOpenDurationSeconds)
  }
  return limit
}
