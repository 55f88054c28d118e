'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { Failure } from '@/lib/failure'
import type { PolicyDecision } from '@/lib/organizations/exchange/policies'
import { deleteIssuer, registerIssuer, setPolicies, testPolicies } from '@/lib/organizations/issuers'

const name = z.string().max(200)

const registerSchema = z.object({ organization: name, name, url: z.string().max(2000) })

export async function register(input: z.input<typeof registerSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await registerIssuer(actor, registerSchema.parse(input))
    return null
  })
}

const referenceSchema = z.object({ organization: name, id: name })

export async function remove(input: z.input<typeof referenceSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await deleteIssuer(actor, referenceSchema.parse(input))
    return null
  })
}

const policiesSchema = referenceSchema.extend({
  /** JSON, as it was typed. */
  policies: z.string().max(200_000),
  version: z.number().int(),
})

export async function savePolicies(input: z.input<typeof policiesSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    const { policies, ...rest } = policiesSchema.parse(input)
    await setPolicies(actor, { ...rest, policies: parseJson(policies) })
    return null
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Failure('invalid', 'This is no JSON.', { field: 'policies' })
  }
}

const testSchema = referenceSchema.extend({
  token: z.string().max(50_000),
  wanted: z.discriminatedUnion('tokenType', [
    z.object({ tokenType: z.literal('organization'), admin: z.boolean() }),
    z.object({ tokenType: z.literal('team'), team: name }),
    z.object({ tokenType: z.literal('personal'), login: name }),
  ]),
})

export async function test(input: z.input<typeof testSchema>): Promise<Outcome<PolicyDecision>> {
  const actor = await requireActor()
  return attempt(() => testPolicies(actor, testSchema.parse(input)))
}
