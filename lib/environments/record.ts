import type { Actor } from '@/lib/access/actor'
import { type AuditEvent, appendAudit } from '@/lib/audit'
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
export async function record(
  tx: Statements,
  { actor, environment, event, did, data }: EnvironmentRecord,
): Promise<void> {
  const name = qualifiedName(environment)
  await appendAudit(tx, {
    actor,
    organizationId: environment.organizationId,
    event,
    description: `${did} ${name}`,
    environment: { id: environment.id, name },
    ...(data && { data }),
  })
}
