'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { expiryAfter, lifetimeSchema } from '@/app/(console)/lifetime'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { type CreatedAccessToken, createAccessToken, revokeAccessToken } from '@/lib/access/tokens'

const createSchema = z.object({
  description: z.string().max(1000),
  days: lifetimeSchema,
})

export async function create(input: z.input<typeof createSchema>): Promise<Outcome<CreatedAccessToken>> {
  const actor = await requireActor()
  return attempt(async () => {
    const { description, days } = createSchema.parse(input)
    const created = await createAccessToken(actor, { description, ...expiryAfter(days) })
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
