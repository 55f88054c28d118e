'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import type { Outcome } from '@/app/outcome'
import { type EnvironmentScope, isEnvironmentScope } from '@/lib/access/scopes'
import { createGate, deleteGate, updateGate } from '@/lib/approvals/gates'

const scope = z.custom<EnvironmentScope>((value) => typeof value === 'string' && isEnvironmentScope(value))

const approvers = z
  .array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('permission'), scope }),
      z.object({ kind: z.literal('person'), login: z.string() }),
      z.object({ kind: z.literal('team'), team: z.string() }),
    ]),
  )
  .max(100)

const saveSchema = z.object({
  organization: z.string(),
  project: z.string(),
  name: z.string(),
  /** Of the gate that is changed; absent = a new one. */
  id: z.string().optional(),
  title: z.string(),
  enabled: z.boolean(),
  actions: z.array(z.enum(['update', 'open'])),
  approvalsRequired: z.number(),
  allowSelfApproval: z.boolean(),
  reapproveOnChange: z.boolean(),
  approvers,
  bypassers: approvers,
})

export async function saveGate(input: z.input<typeof saveSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    const { id, ...gate } = saveSchema.parse(input)
    if (id === undefined) await createGate(actor, gate)
    else await updateGate(actor, { ...gate, id })
    return null
  })
}

const removeSchema = z.object({ organization: z.string(), id: z.string() })

export async function removeGate(input: z.input<typeof removeSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await deleteGate(actor, removeSchema.parse(input))
    return null
  })
}
