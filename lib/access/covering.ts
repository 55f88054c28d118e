/**
 * Nobody gives what they do not have (T20, A14): whoever changes a role, a team or a grant must hold everything that it
 * gives. So "may manage teams" is not "may become administrator".
 */
import { may, withoutGate } from './authorize'
import type { EnvironmentFacts, Grant, Where } from './grants'
import { refusing } from './refused'
import { forbidden } from './require'

/** What is about to be given: a grant without where it comes from. */
export type Gift = Omit<Grant, 'through'>

/** @throws Failure `forbidden` naming a scope that the giver lacks where it is given */
export function requireCovering(own: readonly Grant[], gifts: readonly Gift[]): void {
  const lasting = own.filter(isLasting)
  for (const gift of gifts) {
    for (const scope of gift.permits) {
      const covered = lasting.some((grant) => grant.permits.has(scope) && isWithin(gift, grant))
      if (!covered) throw refusing(forbidden(scope), own)
    }
  }
}

/**
 * The same for one environment that is known: there every rule of the giver can be judged, not only compared.
 *
 * @throws Failure `forbidden` naming a scope that the giver lacks
 */
export function requireCoveringOn(
  own: readonly Grant[],
  environment: EnvironmentFacts,
  gift: Omit<Gift, 'where'>,
): void {
  const lasting = own.filter(isLasting)
  for (const scope of gift.permits) {
    // A gate holds back what is done, not what is given: behind it the gift opens nothing by itself.
    const decision = may(lasting, scope, withoutGate(environment))
    if (!decision.allowed || !isShorter(gift, decision)) throw refusing(forbidden(scope), own)
  }
}

/** What was approved for a time is not one's own to give. */
function isLasting({ through }: Grant): boolean {
  return through.kind !== 'open_request'
}

function isWithin(gift: Gift, grant: Grant): boolean {
  return isPart(gift.where, grant.where) && isShorter(gift, grant)
}

interface Limited {
  maxOpenDurationSeconds?: number
}

function isShorter(gift: Limited, { maxOpenDurationSeconds: own }: Limited): boolean {
  if (own === undefined) return true
  const { maxOpenDurationSeconds: given } = gift
  return given !== undefined && given <= own
}

/** Whether everything that `inner` is about `outer` is about too. Says no when it cannot tell. */
export function isPart(inner: Where, outer: Where): boolean {
  if (inner.kind === 'organization' || outer.kind === 'organization') return inner.kind === outer.kind
  if (outer.kind === 'every_environment') return true
  if (inner.kind === 'any_of') return inner.rules.every((rule) => isPart(rule, outer))
  if (outer.kind === 'all_of')
    return outer.rules.length > 0 && outer.rules.every((rule) => isPart(inner, rule))
  if (outer.kind === 'any_of' && outer.rules.some((rule) => isPart(inner, rule))) return true
  if (inner.kind === 'all_of') return inner.rules.some((rule) => isPart(rule, outer))
  return isSimplePart(inner, outer)
}

function isSimplePart(inner: Where, outer: Where): boolean {
  if (inner.kind === 'environment') return outer.kind === 'environment' && inner.id === outer.id
  if (inner.kind === 'project') return outer.kind === 'project' && inner.key === outer.key
  if (inner.kind === 'created_by') return outer.kind === 'created_by' && inner.personId === outer.personId
  if (inner.kind !== 'tag' || outer.kind !== 'tag' || inner.name !== outer.name) return false
  return outer.value === undefined || inner.value === outer.value
}
