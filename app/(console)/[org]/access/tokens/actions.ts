'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
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
  /** Days from now; 0 = never. */
  days: z.number().int().min(0).max(731),
  owner: z.union([
    z.object({ team: name }),
    z.object({ role: z.enum(['admin', 'member', 'billing_manager']) }),
    z.object({ roleId: name }),
  ]),
})

const dayMs = 86_400_000

/** @returns the token's value, which is shown this one time */
export async function create(input: z.input<typeof createSchema>): Promise<Outcome<string>> {
  return change(async (actor) => {
    const { days, owner, ...rest } = createSchema.parse(input)
    const expiresAt = days > 0 ? { expiresAt: new Date(Date.now() + days * dayMs).toISOString() } : {}
    const token = { ...rest, ...expiresAt }
    const { tokenValue } =
      'team' in owner
        ? await createTeamToken(actor, { ...token, team: owner.team })
        : await createOrganizationToken(actor, { ...token, ...owner })
    return tokenValue
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
