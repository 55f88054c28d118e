/** What approvals mean for one environment and one caller, now. */
import type { Actor } from '@/lib/access/actor'
import { isHeldBack, may } from '@/lib/access/authorize'
import { requireEnvironment } from '@/lib/access/require'
import { database } from '@/lib/db'
import type { EnvironmentReference } from '@/lib/environments/reference'
import type { ChangeAction } from '@/lib/generated/prisma/client'

export interface ApprovalState {
  environmentId: string
  /** What needs approval, whoever asks. */
  gatedActions: ChangeAction[]
  /** The newest proposal that is not decided. */
  activeChangeRequest?: { id: string; latestRevision: number }
  /** The caller may open it, by their grants or by an approval that is not over. */
  mayOpen: boolean
  /** A gate alone keeps the caller from opening. */
  openRequestNeeded: boolean
  /** Until when the approval lasts by which the caller may open. */
  accessExpiresAt?: string
  /** Wishes of the caller to open that are not decided, or approved and not taken up. */
  openRequests: string[]
}

/** @throws Failure `not_found`, `forbidden` */
export async function approvalState(actor: Actor, reference: EnvironmentReference): Promise<ApprovalState> {
  const question = { ...reference, scope: 'environment:read' } as const
  const { environment, facts, grants } = await requireEnvironment(database(), actor, question)
  const { id: environmentId, organizationId, updateGated, openGated } = environment
  const active = await database().changeRequest.findFirst({
    where: { environmentId, organizationId, action: 'update', status: { in: ['draft', 'ready'] } },
    orderBy: { createdAt: 'desc' },
  })
  const decision = may(grants, 'environment:open', facts)
  const mine = await ownRequests(actor, environmentId, organizationId)
  const running = decision.allowed && decision.through.every(({ through }) => through.kind === 'open_request')
  const expiresAt = mine.flatMap(({ accessExpiresAt }) => accessExpiresAt?.getTime() ?? [])
  return {
    environmentId,
    gatedActions: [...(updateGated ? (['update'] as const) : []), ...(openGated ? (['open'] as const) : [])],
    ...(active && { activeChangeRequest: { id: active.id, latestRevision: active.latestRevision } }),
    mayOpen: decision.allowed,
    openRequestNeeded: !decision.allowed && isHeldBack('environment:open', facts),
    ...(running && { accessExpiresAt: new Date(Math.max(...expiresAt)).toISOString() }),
    openRequests: mine.filter(({ status }) => status === 'ready').map(({ id }) => id),
  }
}

function ownRequests({ principal }: Actor, environmentId: string, organizationId: string) {
  if (principal.kind !== 'person') return Promise.resolve([])
  const own = { environmentId, organizationId, action: 'open', createdById: principal.id } as const
  return database().changeRequest.findMany({
    where: {
      ...own,
      OR: [{ status: 'ready' }, { status: 'applied', accessExpiresAt: { gt: new Date() } }],
    },
    orderBy: { createdAt: 'desc' },
  })
}
