import { operator } from './operators'
import type { ParsedTrustPolicy, TrustStatement } from './policy'

/** What is asked of a trust policy. */
export interface TrustQuestion {
  action: string
  principal: { kind: 'Federated' | 'AWS'; names: string[] }
  /** Condition keys of the request, e.g. `127.0.0.1:5120/oidc:sub`. */
  context: Record<string, string[]>
}

/** True when a statement allows and none denies. */
export function trusts(policy: ParsedTrustPolicy, question: TrustQuestion): boolean {
  const applicable = policy.Statement.filter((statement) => applies(statement, question))
  return (
    applicable.some((statement) => statement.Effect === 'Allow') &&
    !applicable.some((statement) => statement.Effect === 'Deny')
  )
}

function applies(statement: TrustStatement, question: TrustQuestion): boolean {
  return (
    namesPrincipal(statement, question) &&
    statement.Action.some((action) => namesAction(action, question.action)) &&
    conditionsHold(statement, question.context)
  )
}

function namesPrincipal(statement: TrustStatement, { principal }: TrustQuestion): boolean {
  const named = statement.Principal[principal.kind] ?? []
  return named.some((name) => name === '*' || principal.names.includes(name))
}

function namesAction(pattern: string, action: string): boolean {
  return pattern === '*' || pattern === 'sts:*' || pattern.toLowerCase() === action.toLowerCase()
}

function conditionsHold(statement: TrustStatement, context: Record<string, string[]>): boolean {
  const lowerCased = new Map(Object.entries(context).map(([key, values]) => [key.toLowerCase(), values]))
  return Object.entries(statement.Condition ?? {}).every(([name, keys]) => {
    const holds = operator(name)
    if (!holds) return false
    return Object.entries(keys).every(([key, expected]) => holds(lowerCased.get(key.toLowerCase()), expected))
  })
}
