/** What somebody may do with a request as it stands: the console shows it, and the steps themselves refuse by it. */
import type { Actor } from '@/lib/access/actor'
import { may } from '@/lib/access/authorize'
import type { Grant } from '@/lib/access/grants'
import type { Candidate } from './approvers'
import { isSatisfied, mayApprove, mayBypass, type Verdict } from './evaluation'
import { isAuthor, type LoadedRequest } from './request'

export interface Abilities {
  submit: boolean
  edit: boolean
  approve: boolean
  unapprove: boolean
  apply: boolean
  /** Apply without the approvals that are missing, for a reason. */
  bypass: boolean
  close: boolean
}

export interface Situation {
  actor: Actor
  grants: readonly Grant[]
  /** The actor as gates see them; absent for whoever is no person. */
  candidate: Candidate | undefined
  request: LoadedRequest
  verdicts: readonly Verdict[]
}

export function abilitiesOf(situation: Situation): Abilities {
  const { candidate, request, verdicts } = situation
  const { status } = request
  const active = status === 'draft' || status === 'ready'
  const applies = status === 'ready' && mayApply(situation) && !isBehind(request)
  return {
    submit: status === 'draft' && mayEdit(situation),
    edit: active && mayEdit(situation),
    approve: status === 'ready' && !hasApproved(situation) && isApprover(situation),
    unapprove:
      status === 'ready' && request.approvals.some(({ personId }) => personId === candidate?.personId),
    apply: applies && isSatisfied(verdicts),
    bypass: applies && candidate !== undefined && mayBypass(candidate, verdicts, request),
    close: (active || isAccess(request)) && mayClose(situation),
  }
}

/** Whether the environment has moved on since the draft was written: applying it would undo what came between. */
export function isBehind({ action, baseRevision, environment }: LoadedRequest): boolean {
  return action === 'update' && baseRevision !== environment.latestRevision
}

/** Whether it gives access now. */
export function isAccess({ action, status, accessExpiresAt }: LoadedRequest): boolean {
  return action === 'open' && status === 'applied' && (accessExpiresAt?.getTime() ?? 0) > Date.now()
}

/** A change by whoever may write; access by the one who asked for it (console.md §8). */
export function mayApply({ actor, grants, request }: Omit<Situation, 'verdicts' | 'candidate'>): boolean {
  if (request.action === 'open') return isAuthor(actor, request)
  return may(grants, 'environment:write', request.environment).allowed
}

const mayEdit = mayApply

/** Its author, and administrators of the environment. */
export function mayClose({ actor, grants, request }: Omit<Situation, 'verdicts' | 'candidate'>): boolean {
  const scope = request.action === 'open' ? 'environment_access:update' : 'environment_settings:update'
  return isAuthor(actor, request) || may(grants, scope, request.environment).allowed
}

/** Whether an approval by them would count for some rule. */
export function isApprover({ candidate, request, verdicts }: Situation): boolean {
  return candidate !== undefined && verdicts.some(({ rule }) => mayApprove(candidate, rule, request))
}

function hasApproved({ candidate, request }: Situation): boolean {
  const { latestRevision, approvals } = request
  return approvals.some(
    ({ personId, revision }) => personId === candidate?.personId && revision === latestRevision,
  )
}
