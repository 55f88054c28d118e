'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { originOf } from '@/lib/access/origin'
import { sameOrigin } from '@/lib/access/same-origin'
import { Failure } from '@/lib/failure'
import { acceptInvitation } from '@/lib/organizations/invitations'
import { registerByInvitation } from '@/lib/organizations/registration'

const secret = z.string().max(100)

/** @returns the name of the organization that the person is now a member of */
export async function accept(input: { secret: string }): Promise<Outcome<string>> {
  const actor = await requireActor()
  return attempt(async () => {
    const { organization } = await acceptInvitation(actor, { secret: secret.parse(input.secret) })
    return organization
  })
}

const registerSchema = z.object({
  secret,
  login: z.string().max(100),
  name: z.string().max(200),
  email: z.string().max(320),
  password: z.string().max(1024),
})

export type RegisterInput = z.input<typeof registerSchema>

/** Anybody may call it; the secret of the link decides. @returns the name of the organization */
export async function register(input: RegisterInput): Promise<Outcome<string>> {
  return attempt(async () => {
    const received = await headers()
    if (!sameOrigin(received)) throw new Failure('forbidden', 'Only pages of this console may ask this.')
    const registration = { ...registerSchema.parse(input), ...originOf(received) }
    return (await registerByInvitation(registration)).organization
  })
}
