'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { restoreEnvironment } from '@/lib/environments/deleted'

const inputSchema = z.object({
  organization: z.string(),
  project: z.string(),
  name: z.string(),
  /** Which one of this name: it may have been deleted more than once. */
  deletedAt: z.string(),
})

export async function restore(input: z.input<typeof inputSchema>): Promise<Outcome<null>> {
  const actor = await requireActor()
  return attempt(async () => {
    await restoreEnvironment(actor, inputSchema.parse(input))
    refresh()
    return null
  })
}
