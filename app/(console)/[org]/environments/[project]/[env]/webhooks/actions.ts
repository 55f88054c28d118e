'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import type { Outcome } from '@/app/outcome'
import { pingWebhook, redeliver } from '@/lib/webhooks/deliveries'
import { webhookFormats } from '@/lib/webhooks/rules'
import { createWebhook, deleteWebhook, updateWebhook } from '@/lib/webhooks/webhooks'

const reference = { organization: z.string(), project: z.string(), name: z.string() }
const names = z.array(z.string().max(100)).max(100)

const saveSchema = z.object({
  ...reference,
  /** Of the webhook that is changed; absent = a new one. */
  webhook: z.string().optional(),
  displayName: z.string(),
  payloadUrl: z.string(),
  format: z.enum(webhookFormats),
  filters: names,
  groups: names,
  active: z.boolean(),
  /** Empty = none, or the one there is. */
  secret: z.string().max(1000),
  removeSecret: z.boolean(),
})

export async function saveWebhook(input: z.input<typeof saveSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    const { webhook, removeSecret, ...fields } = saveSchema.parse(input)
    if (webhook === undefined) await createWebhook(actor, { ...fields, webhook: '' })
    else await updateWebhook(actor, { ...fields, webhook, removeSecret })
    return null
  })
}

const oneSchema = z.object({ ...reference, webhook: z.string() })

export async function removeWebhook(input: z.input<typeof oneSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await deleteWebhook(actor, oneSchema.parse(input))
    return null
  })
}

/** @returns the status that came back; 0 = none did */
export async function ping(input: z.input<typeof oneSchema>): Promise<Outcome<number>> {
  return change(async (actor) => (await pingWebhook(actor, oneSchema.parse(input))).responseCode)
}

const deliverySchema = z.object({ ...reference, webhook: z.string(), delivery: z.string() })

/** @returns the status that came back; 0 = none did */
export async function sendAgain(input: z.input<typeof deliverySchema>): Promise<Outcome<number>> {
  return change(async (actor) => (await redeliver(actor, deliverySchema.parse(input))).responseCode)
}
