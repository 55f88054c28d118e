'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { removeGrant, setGrant } from '@/lib/organizations/environment-access'
import { type Explanation, explain } from '@/lib/organizations/explain'

const name = z.string().max(200)
const reference = { organization: name, project: name, name }
const holder = z.union([z.object({ login: name }), z.object({ team: name })])

const giveSchema = z.object({
  ...reference,
  holder,
  level: z.enum(['read', 'open', 'write', 'admin']),
  /** Absent = no limit of its own. */
  maxOpenDurationSeconds: z.number().int().optional(),
})

export async function give(input: z.input<typeof giveSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    const { holder, maxOpenDurationSeconds: limit, ...rest } = giveSchema.parse(input)
    await setGrant(actor, {
      ...rest,
      ...holder,
      ...(limit !== undefined && { maxOpenDurationSeconds: limit }),
    })
    return null
  })
}

const takeSchema = z.object({ ...reference, holder })

export async function take(input: z.input<typeof takeSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    const { holder, ...rest } = takeSchema.parse(input)
    await removeGrant(actor, { ...rest, ...holder })
    return null
  })
}

const askSchema = z.object({
  ...reference,
  subject: z.union([
    z.object({ login: name }),
    z.object({ team: name }),
    z.object({ roleId: name }),
    z.object({ tokenId: name }),
  ]),
})

export async function ask(input: z.input<typeof askSchema>): Promise<Outcome<Explanation>> {
  const actor = await requireActor()
  return attempt(() => explain(actor, askSchema.parse(input)))
}
