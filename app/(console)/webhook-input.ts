import 'server-only'
import { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import type { WebhookPlace } from '@/lib/webhooks/place'
import { webhookFormats } from '@/lib/webhooks/rules'
import { createWebhook, updateWebhook } from '@/lib/webhooks/webhooks'

const names = z.array(z.string().max(100)).max(100)

/** What the form of a webhook sends, beside the place where it hangs. */
export const webhookInput = {
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
}

type Input = z.output<z.ZodObject<typeof webhookInput>>

/** @throws Failure as `createWebhook` and `updateWebhook` do */
export async function storeWebhook(actor: Actor, input: WebhookPlace & Input): Promise<void> {
  const { webhook, removeSecret, ...fields } = input
  if (webhook === undefined) await createWebhook(actor, { ...fields, webhook: '' })
  else await updateWebhook(actor, { ...fields, webhook, removeSecret })
}
