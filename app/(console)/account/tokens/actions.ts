'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { type CreatedAccessToken, createAccessToken, revokeAccessToken } from '@/lib/access/tokens'

const createSchema = z.object({
  description: z.string().max(1000),
  /** Days from now; 0 = never. */
  days: z.number().int().min(0).max(731),
})

const dayMs = 86_400_000

export async function create(input: z.input<typeof createSchema>): Promise<Outcome<CreatedAccessToken>> {
  const actor = await requireActor()
  return attempt(async () => {
    const { description, days } = createSchema.parse(input)
    const expiresAt = days > 0 ? new Date(Date.now() + days * dayMs).toISOString() : undefined
    const created = await createAccessToken(actor, { description, ...(expiresAt && { expiresAt }) })
    revalidatePath('/account/tokens')
    return created
  })
}

export async function revoke(input: { id: string }): Promise<Outcome<null>> {
  const actor = await requireActor()
  return attempt(async () => {
    await revokeAccessToken(actor, { id: z.string().max(100).parse(input.id) })
    revalidatePath('/account/tokens')
    return null
  })
}
