'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import type { Outcome } from '@/app/outcome'
import { cancelInvitation, invite } from '@/lib/organizations/invitations'
import { changeMemberRole, removeMember } from '@/lib/organizations/members'

const organization = z.string().max(100)
const login = z.string().max(100)

/** A built-in role, or a custom one by its id. */
const choice = z.union([
  z.object({ role: z.enum(['admin', 'member', 'billing_manager']) }),
  z.object({ roleId: z.string().max(100) }),
])

const roleSchema = z.object({ organization, login, choice })

export async function changeRole(input: z.input<typeof roleSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    const { choice, ...member } = roleSchema.parse(input)
    await changeMemberRole(actor, { ...member, ...choice })
    return null
  })
}

const removeSchema = z.object({ organization, login, newOwner: login.optional() })

export async function remove(input: z.input<typeof removeSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    const { newOwner, ...member } = removeSchema.parse(input)
    await removeMember(actor, { ...member, ...(newOwner !== undefined && { newOwner }) })
    return null
  })
}

const inviteSchema = z.object({
  organization,
  email: z.string().max(320),
  choice,
  teams: z.array(z.string().max(100)).max(100),
})

/** @returns the link, which is shown this one time, and whether it was mailed, too */
export async function sendInvitation(
  input: z.input<typeof inviteSchema>,
): Promise<Outcome<{ link: string; mailed: boolean }>> {
  return change(async (actor) => {
    const { email, choice, ...rest } = inviteSchema.parse(input)
    const { link, mail } = await invite(actor, { ...rest, ...choice, ...(email !== '' && { email }) })
    return { link, mailed: mail === 'sent' }
  })
}

const revokeSchema = z.object({ organization, id: z.string().max(100) })

export async function revokeInvitation(input: z.input<typeof revokeSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await cancelInvitation(actor, revokeSchema.parse(input))
    return null
  })
}
