import type { Transaction } from '@/lib/db'

/** The part of an environment that writers race for. */
export interface LockedEnvironment {
  latestRevision: number
  deletionProtected: boolean
  updateGated: boolean
  openGated: boolean
}

/**
 * Holds an environment's row until the end of the transaction, so that writers come one after the other. Lock before
 * reading what the decision depends on.
 *
 * @returns undefined when it was deleted meanwhile
 */
export async function lockEnvironment(
  tx: Transaction,
  environment: { id: string; organizationId: string },
): Promise<LockedEnvironment | undefined> {
  const rows = await tx.$queryRaw<LockedEnvironment[]>`
    SELECT "latestRevision", "deletionProtected", "updateGated", "openGated" FROM "Environment"
    WHERE "id" = ${environment.id} AND "organizationId" = ${environment.organizationId} AND "deletedAt" IS NULL
    FOR UPDATE`
  return rows[0]
}
