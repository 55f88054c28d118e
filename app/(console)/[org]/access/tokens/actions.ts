'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import { expiryAfter, lifetimeSchema } from '@/app/(console)/lifetime'
import type { Outcome } from '@/app/outcome'
import {
  createOrganizationToken,
  createTeamToken,
  revokeSharedToken,
} from '@/lib/organizations/shared-tokens'

const name = z.string().max(100)

const createSchema = z.object({
  organization: name,
  name,
  days: lifetimeSchema,
  owner: z.union([
    z.object({ team: name }),
    z.object({ role: z.enum(['admin', 'member', 'billing_manager']) }),
    z.object({ roleId: name }),
  ]),
})

/** @returns the token's value, which is shown this one time */
export async function create(input: z.input<typeof createSchema>): Promise<Outcome<{ tokenValue: string }>> {
  return change((actor) => {
    const { days, owner, ...rest } = createSchema.parse(input)
    const token = { ...rest, ...expiryAfter(days) }
    return 'team' in owner
      ? createTeamToken(actor, { ...token, team: owner.team })
      : createOrganizationToken(actor, { ...token, ...owner })
  })
}

const revokeSchema = z.object({ organization: name, id: name, team: name.optional() })

export async function revoke(input: z.input<typeof revokeSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    const { team, ...reference } = revokeSchema.parse(input)
    await revokeSharedToken(actor, { ...reference, ...(team !== undefined && { team }) })
    return null
  })
}
