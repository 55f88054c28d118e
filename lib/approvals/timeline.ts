/** What happened to a change request, in order. */
import type { Actor } from '@/lib/access/actor'
import { database, type Transaction } from '@/lib/db'
import { authorOf } from '@/lib/environments/author'
import { record } from '@/lib/environments/record'
import { Failure } from '@/lib/failure'
import type { ChangeRequest, ChangeRequestEvent, Environment } from '@/lib/generated/prisma/client'
import { type ChangeRequestReference, findRequest } from './request'

export interface RequestEvent {
  id: string
  kind: ChangeRequestEvent['kind']
  at: string
  by: { login: string; name: string }
  revision?: number
  status?: ChangeRequest['status']
  comment: string
}

/** @throws Failure `not_found` */
export async function listRequestEvents(
  actor: Actor,
  { count = 200, after = 0, ...reference }: ChangeRequestReference & { count?: number; after?: number },
): Promise<{ events: RequestEvent[]; next?: number }> {
  const { request } = await findRequest(database(), actor, reference)
  const rows = await database().changeRequestEvent.findMany({
    where: { changeRequestId: request.id, organizationId: request.organizationId },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    skip: after,
    take: count + 1,
  })
  return {
    events: rows.slice(0, count).map(summarizeEvent),
    ...(rows.length > count && { next: after + count }),
  }
}

export interface Happening {
  request: Pick<ChangeRequest, 'id'>
  environment: Environment
  kind: ChangeRequestEvent['kind']
  /** For the audit log: `approved` makes `change-request-approved`. */
  what: string
  /** Before the environment's name: `Approved a change of`. */
  did: string
  revision?: number
  status?: ChangeRequest['status']
  comment?: string | undefined
  /** For the audit log, which keeps no comment. */
  data?: { [key: string]: string | number | string[] }
}

const commentLength = 5000

/** Writes both accounts of it: the request's own, and the audit entry from which webhooks start. */
export async function happened(tx: Transaction, actor: Actor, happening: Happening): Promise<void> {
  const { request, environment, kind, what, did, revision, status, comment = '', data } = happening
  refuseLong(comment)
  const { login, name } = authorOf(actor)
  await tx.changeRequestEvent.create({
    data: {
      organizationId: environment.organizationId,
      changeRequestId: request.id,
      kind,
      byLogin: login,
      byName: name,
      comment,
      revision: revision ?? null,
      status: status ?? null,
    },
  })
  const details = { changeRequest: request.id, ...(revision !== undefined && { version: revision }), ...data }
  await record(tx, { actor, environment, event: `change-request-${what}`, did, data: details })
}

/** @throws Failure `invalid` */
export function refuseLong(text: string): void {
  if (text.length <= commentLength) return
  throw new Failure('invalid', `Bad Request: at most ${commentLength} characters`, { field: 'comment' })
}

function summarizeEvent(row: ChangeRequestEvent): RequestEvent {
  return {
    id: row.id,
    kind: row.kind,
    at: row.at.toISOString(),
    by: { login: row.byLogin, name: row.byName },
    comment: row.comment,
    ...(row.revision !== null && { revision: row.revision }),
    ...(row.status !== null && { status: row.status }),
  }
}
