'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import { storeWebhook, webhookInput } from '@/app/(console)/webhook-input'
import type { Outcome } from '@/app/outcome'
import { pingWebhook, redeliver } from '@/lib/webhooks/deliveries'
import { deleteWebhook } from '@/lib/webhooks/webhooks'

const reference = { organization: z.string(), project: z.string(), name: z.string() }
const saveSchema = z.object({ ...reference, ...webhookInput })

export async function saveWebhook(input: z.input<typeof saveSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await storeWebhook(actor, saveSchema.parse(input))
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
