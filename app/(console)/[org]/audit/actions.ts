'use server'

import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import type { ChainReport } from '@/lib/audit'
import { verifyAuditLog } from '@/lib/organizations/audit-log'

const verifySchema = z.object({ organization: z.string().max(100) })

export async function verify(input: z.input<typeof verifySchema>): Promise<Outcome<ChainReport>> {
  const actor = await requireActor()
  return attempt(() => verifyAuditLog(actor, verifySchema.parse(input)))
}
