'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { revokeSession } from '@/lib/access/sessions'
import { changePassword } from '@/lib/access/signin'

const passwordSchema = z.object({
  currentPassword: z.string().max(1024),
  newPassword: z.string().max(1024),
})

export async function change(input: z.input<typeof passwordSchema>): Promise<Outcome<null>> {
  const actor = await requireActor()
  return attempt(async () => {
    await changePassword(actor, passwordSchema.parse(input))
    revalidatePath('/account/security')
    return null
  })
}

export async function revoke(input: { id: string }): Promise<Outcome<null>> {
  const actor = await requireActor()
  return attempt(async () => {
    await revokeSession(actor, { id: z.string().max(100).parse(input.id) })
    revalidatePath('/account/security')
    return null
  })
}
