import type { Actor } from '@/lib/access/actor'
import { type AuditEvent, appendAudit, appendAuditWith, type RecordedEffect } from '@/lib/audit'
import type { Statements } from '@/lib/db'
import type { Environment } from '@/lib/generated/prisma/client'
import { qualifiedName } from './reference'

export interface EnvironmentRecord extends Pick<AuditEvent, 'event' | 'data'> {
  actor: Actor
  environment: Pick<Environment, 'id' | 'organizationId' | 'project' | 'name'>
  /** What happened, before the environment's name: `Created the environment`. */
  did: string
}

/** The audit entry of something that was done to an environment; webhooks start from it too. */
export async function record(tx: Statements, done: EnvironmentRecord): Promise<void> {
  await appendAudit(tx, auditEventOf(done))
}

/** {@link record} with what is recorded in one statement. @returns whether it happened, as `appendAuditWith` */
export function recordWith(
  db: Statements,
  done: EnvironmentRecord,
  recorded: RecordedEffect,
): Promise<boolean> {
  return appendAuditWith(db, auditEventOf(done), recorded)
}

function auditEventOf({ actor, environment, event, did, data }: EnvironmentRecord): AuditEvent {
  const name = qualifiedName(environment)
  return {
    actor,
    organizationId: environment.organizationId,
    event,
    description: `${did} ${name}`,
    environment: { id: environment.id, name },
    ...(data && { data }),
  }
}
