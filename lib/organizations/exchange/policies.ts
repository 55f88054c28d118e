/** What an issuer's tokens may be traded for, and the decision about one of them. Pure. */
import { z } from 'zod'
import { type Claims, claimAt, claimMatches } from './patterns'

const text = z.string().min(1).max(200)

export const policySchema = z
  .object({
    id: text,
    decision: z.enum(['allow', 'deny']),
    tokenType: z.enum(['organization', 'team', 'personal']),
    teamName: text.optional(),
    userLogin: text.optional(),
    /** Of organization tokens: a custom role. */
    roleId: text.optional(),
    authorizedPermissions: z.array(z.enum(['admin', 'standard'])).default([]),
    /** Claim path → pattern; all must match. */
    rules: z.record(text, z.string().max(500)),
  })
  .refine(({ tokenType, teamName }) => tokenType !== 'team' || teamName !== undefined, {
    message: 'A team policy names a team.',
    path: ['teamName'],
  })
  .refine(({ tokenType, userLogin }) => tokenType !== 'personal' || userLogin !== undefined, {
    message: 'A personal policy names a person.',
    path: ['userLogin'],
  })

export const policiesSchema = z.array(policySchema).max(100)

export type ExchangePolicy = z.output<typeof policySchema>

/** What is asked for in exchange. */
export type Wanted =
  | { tokenType: 'organization'; admin: boolean }
  | { tokenType: 'team'; team: string }
  | { tokenType: 'personal'; login: string }

export interface PolicyTrace {
  policyId: string
  decision: 'allow' | 'deny'
  /** Whether it is about what is wanted at all. */
  applies: boolean
  /** Claim paths whose patterns did not match. */
  unmatched: string[]
}

export type PolicyDecision =
  | { allowed: true; policy: ExchangePolicy; trace: PolicyTrace[] }
  | { allowed: false; reason: string; trace: PolicyTrace[] }

export interface Presented {
  claims: Claims
  wanted: Wanted
  /** Whether `aud` names this organization; if not, a policy must restrain `aud` itself (T05). */
  audienceIsOurs: boolean
}

/** Deny beats allow; without an allow that matches nothing is given. */
export function decide(policies: readonly ExchangePolicy[], presented: Presented): PolicyDecision {
  const trace = policies.map((policy) => traceOf(policy, presented))
  const matching = policies.filter((_, at) => trace[at]?.applies && trace[at].unmatched.length === 0)
  const denial = matching.find(({ decision }) => decision === 'deny')
  if (denial) return { allowed: false, reason: `denied_by_policy:${denial.id}`, trace }
  const policy = matching.find(({ decision }) => decision === 'allow')
  return policy ? { allowed: true, policy, trace } : { allowed: false, reason: 'no_policy_matched', trace }
}

function traceOf(policy: ExchangePolicy, { claims, wanted, audienceIsOurs }: Presented): PolicyTrace {
  const { id: policyId, decision, rules } = policy
  const unmatched = Object.entries(rules)
    .filter(([path, pattern]) => !claimMatches(claimAt(claims, path), pattern))
    .map(([path]) => path)
  const strays = decision === 'allow' && !audienceIsOurs && !Object.hasOwn(rules, 'aud')
  return {
    policyId,
    decision,
    applies: isAbout(policy, wanted),
    unmatched: strays ? [...unmatched, 'aud'] : unmatched,
  }
}

function isAbout(policy: ExchangePolicy, wanted: Wanted): boolean {
  const { decision, tokenType, teamName, userLogin, authorizedPermissions } = policy
  if (tokenType !== wanted.tokenType) return false
  switch (wanted.tokenType) {
    case 'organization':
      return decision === 'deny' || !wanted.admin || authorizedPermissions.includes('admin')
    case 'team':
      return sameName(teamName, wanted.team)
    case 'personal':
      return sameName(userLogin, wanted.login)
  }
}

function sameName(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase()
}

/** What an administrator should be warned about. */
export function policyWarnings(policies: readonly ExchangePolicy[]): string[] {
  return policies
    .filter(({ decision }) => decision === 'allow')
    .flatMap(({ id, rules }) => {
      const sub = rules.sub
      if (sub === undefined && !Object.keys(rules).some((path) => path !== 'aud')) {
        return [`${id}: no rule restrains who the token is about (sub).`]
      }
      return sub !== undefined && /^[*?.]*$/.test(sub) ? [`${id}: the rule for sub matches everything.`] : []
    })
}
