/** Whether the gates that a request must pass are satisfied. Decided from what is so now, whenever it is asked. */
import type { Transaction } from '@/lib/db'
import type { ChangeApproval, ChangeGate } from '@/lib/generated/prisma/client'
import { type Approver, type Candidate, isEligible, loadCandidate, parseApprovers } from './approvers'
import { authorsOf, type LoadedRequest } from './request'

export interface Rule {
  id: string
  name: string
  approvalsRequired: number
  allowSelfApproval: boolean
  reapproveOnChange: boolean
  approvers: readonly Approver[]
  bypassers: readonly Approver[]
}

export interface Verdict {
  rule: Rule
  /** Approvals that count. */
  approvals: number
  satisfied: boolean
}

/** Asking for access to what one may not open needs somebody's word also where no gate says whose. */
const openWithoutGate: Rule = {
  id: '',
  name: 'Administrators of the environment',
  approvalsRequired: 1,
  allowSelfApproval: false,
  reapproveOnChange: true,
  approvers: [{ kind: 'permission', scope: 'environment_access:update' }],
  bypassers: [],
}

/** The rules that apply to a request: those of the enabled gates on its action. */
export function rulesFor({ action, environment }: Pick<LoadedRequest, 'action' | 'environment'>): Rule[] {
  const rules = environment.gates.filter(({ actions }) => actions.includes(action)).map(ruleOf)
  return rules.length === 0 && action === 'open' ? [openWithoutGate] : rules
}

function ruleOf(gate: ChangeGate): Rule {
  return {
    ...gate,
    approvers: parseApprovers(gate.approvers),
    bypassers: parseApprovers(gate.bypassers),
  }
}

/** People by id, loaded once each. */
export type Candidates = (personId: string) => Promise<Candidate | undefined>

export function candidatesIn(tx: Transaction, organizationId: string): Candidates {
  const known = new Map<string, Promise<Candidate | undefined>>()
  return (personId) => {
    const candidate = known.get(personId) ?? loadCandidate(tx, organizationId, personId)
    known.set(personId, candidate)
    return candidate
  }
}

export async function judge(request: LoadedRequest, candidates: Candidates): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const rule of rulesFor(request)) {
    let approvals = 0
    for (const approval of request.approvals) {
      if (isCurrent(approval, rule, request) && (await counts(approval.personId, rule, request, candidates)))
        approvals++
    }
    verdicts.push({ rule, approvals, satisfied: approvals >= rule.approvalsRequired })
  }
  return verdicts
}

/** An approval is of one version: of what the approver saw. */
function isCurrent({ revision }: ChangeApproval, rule: Rule, { latestRevision }: LoadedRequest): boolean {
  return revision === latestRevision || !rule.reapproveOnChange
}

async function counts(
  personId: string,
  rule: Rule,
  request: LoadedRequest,
  candidates: Candidates,
): Promise<boolean> {
  const candidate = await candidates(personId)
  return candidate !== undefined && mayApprove(candidate, rule, request)
}

/** Whether the approval of this person would count for this rule. */
export function mayApprove(candidate: Candidate, rule: Rule, request: LoadedRequest): boolean {
  const own = authorsOf(request).has(candidate.personId)
  return (rule.allowSelfApproval || !own) && isEligible(candidate, rule.approvers, request.environment)
}

/** Whether this person may go ahead although some rules are not satisfied. */
export function mayBypass(
  candidate: Candidate,
  verdicts: readonly Verdict[],
  request: LoadedRequest,
): boolean {
  const missing = verdicts.filter(({ satisfied }) => !satisfied)
  return (
    missing.length > 0 &&
    missing.every(({ rule }) => isEligible(candidate, rule.bypassers, request.environment))
  )
}

export function isSatisfied(verdicts: readonly Verdict[]): boolean {
  return verdicts.every(({ satisfied }) => satisfied)
}
