/** An approval to open counts from its first use (console.md §8). */
import { Prisma, type Statements } from '@/lib/db'
import type { Grant } from './grants'

/**
 * Starts the clock of the approvals that an opening made use of; those that run already run on.
 *
 * @param opened ids of the environments that were opened, imports included
 */
export async function startAccess(
  tx: Statements,
  grants: readonly Grant[],
  opened: readonly string[],
): Promise<void> {
  const used = grants.flatMap(({ through, where }) =>
    through.kind === 'open_request' && where.kind === 'environment' && opened.includes(where.id)
      ? through.requestId
      : [],
  )
  if (used.length === 0) return
  await tx.$executeRaw`
    UPDATE "ChangeRequest" c SET "firstOpenedAt" = clock_timestamp(),
      "accessExpiresAt" = clock_timestamp() + make_interval(secs => v."accessDurationSeconds")
    FROM "ChangeRequestRevision" v
    WHERE v."changeRequestId" = c."id" AND v."number" = c."latestRevision" AND c."firstOpenedAt" IS NULL
      AND c."status" = 'applied' AND c."id" IN (${Prisma.join(used)})`
}
