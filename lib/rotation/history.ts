/** What came of rotations (http-api.md §7). */
import * as z from 'zod'
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { database } from '@/lib/db'
import type { EnvironmentReference } from '@/lib/environments/reference'
import type { RotationEvent, RotationStatus } from '@/lib/generated/prisma/client'

export interface RotationResult {
  id: string
  /** Property path below `values`. */
  path: string
  status: 'succeeded' | 'failed'
  /** Always there when it failed. */
  errorMessage?: string | undefined
}

export interface RotationSummary {
  id: string
  environmentId: string
  status: RotationStatus
  preRevision: number
  /** Absent when nothing was written. */
  postRevision?: number
  createdById: string
  createdByLogin: string
  scheduleId?: string
  errorMessage?: string
  createdAt: string
  completedAt?: string
  results: RotationResult[]
}

const resultsSchema = z.array(
  z.object({
    id: z.string(),
    path: z.string(),
    status: z.enum(['succeeded', 'failed']),
    errorMessage: z.string().optional(),
  }),
)

/** The newest hundred, newest first. @throws Failure `not_found`, `forbidden` */
export async function listRotations(
  actor: Actor,
  reference: EnvironmentReference,
): Promise<RotationSummary[]> {
  const question = { ...reference, scope: 'environment:rotate_history' } as const
  const { environment } = await requireEnvironment(database(), actor, question)
  const rows = await database().rotationEvent.findMany({
    where: { environmentId: environment.id, organizationId: environment.organizationId },
    orderBy: { createdAt: 'desc' },
    take: 100,
  })
  return rows.map(summarizeRotation)
}

export function summarizeRotation(row: RotationEvent): RotationSummary {
  return {
    id: row.id,
    environmentId: row.environmentId,
    status: row.status,
    preRevision: row.preRevision,
    createdById: row.createdById ?? '',
    createdByLogin: row.createdByLogin,
    createdAt: row.createdAt.toISOString(),
    results: resultsSchema.parse(row.results),
    ...(row.postRevision !== null && { postRevision: row.postRevision }),
    ...(row.scheduleId !== null && { scheduleId: row.scheduleId }),
    ...(row.errorMessage !== null && { errorMessage: row.errorMessage }),
    ...(row.completedAt && { completedAt: row.completedAt.toISOString() }),
  }
}
