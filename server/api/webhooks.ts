/** Webhooks of an environment (http-api.md §8). */
import * as z from 'zod'
import { Failure } from '@/lib/failure'
import { key } from '@/lib/organizations/names'
import { type DeliverySummary, listDeliveries, pingWebhook, redeliver } from '@/lib/webhooks/deliveries'
import { webhookFormats } from '@/lib/webhooks/rules'
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  readWebhook,
  updateWebhook,
  type WebhookSummary,
} from '@/lib/webhooks/webhooks'
import { type Api, actorOf } from './api'
import { conflicts, environmentParams, environmentsPath, noContent, refusals, text } from './shapes'

const hooks = `${environmentsPath}/:organization/:project/:name/hooks`
const hookParams = environmentParams.extend({ hook: text })

/** As the official command line writes it to take the secret away. */
export const removeSecret = '__remove-secret'

export const webhookShape = z
  .object({
    active: z.boolean(),
    displayName: z.string(),
    name: z.string(),
    organizationName: z.string(),
    projectName: z.string(),
    envName: z.string(),
    payloadUrl: z.string(),
    format: z.string(),
    filters: z.array(z.string()),
    groups: z.array(z.string()),
    hasSecret: z.boolean(),
    secretCiphertext: z.string().meta({ description: 'always empty' }),
  })
  .meta({ id: 'Webhook' })

export const deliveryShape = z
  .object({
    id: z.string(),
    kind: z.string(),
    timestamp: z.number().int().meta({ description: 'Unix seconds' }),
    duration: z.number().int().meta({ description: 'milliseconds' }),
    payload: z.string(),
    requestUrl: z.string(),
    requestHeaders: z.string(),
    responseCode: z.number().int(),
    responseHeaders: z.string(),
    responseBody: z.string(),
  })
  .meta({ id: 'WebhookDelivery' })

export const fields = z.object({
  active: z.boolean().default(true),
  displayName: text,
  payloadUrl: text,
  filters: z.array(text).nullish(),
  groups: z.array(text).nullish(),
  format: z.enum(webhookFormats).nullish(),
  secret: z.string().nullish(),
})

export const creation = fields.extend({
  name: text.nullish(),
  organizationName: text.nullish(),
  projectName: text.nullish(),
  envName: text.nullish(),
})

interface Place {
  organization: string
  project?: string
  name?: string
}

export function webhookRoutes(api: Api): void {
  readRoutes(api)
  createRoute(api)
  changeRoutes(api)
  deliveryRoutes(api)
}

function readRoutes(api: Api): void {
  api.get(
    hooks,
    {
      schema: {
        summary: 'List webhooks',
        params: environmentParams,
        response: { 200: z.array(webhookShape), ...refusals },
      },
    },
    async (request) => {
      const webhooks = await listWebhooks(actorOf(request), request.params)
      return webhooks.map((webhook) => wireWebhook(webhook, request.params))
    },
  )
  api.get(
    `${hooks}/:hook`,
    {
      schema: { summary: 'Read a webhook', params: hookParams, response: { 200: webhookShape, ...refusals } },
    },
    async (request) => {
      const reference = { ...request.params, webhook: request.params.hook }
      return wireWebhook(await readWebhook(actorOf(request), reference), request.params)
    },
  )
}

function wireWebhook(webhook: WebhookSummary, { organization, project, name }: Required<Place>) {
  const place = { organizationName: organization, projectName: project, envName: name }
  return { ...webhook, ...place, secretCiphertext: '' }
}

function createRoute(api: Api): void {
  api.post(
    hooks,
    {
      schema: {
        summary: 'Add a webhook',
        description: 'Without a name one is made up.',
        params: environmentParams,
        body: creation,
        response: { 201: webhookShape, ...conflicts },
      },
    },
    async (request, reply) => {
      refuseOtherPlace(request.body, request.params)
      const place = request.params
      const webhook = await createWebhook(actorOf(request), { ...place, ...newWebhookIn(request.body) })
      return reply.code(201).send(wireWebhook(webhook, place))
    },
  )
}

/** What the body says about its place must be the place of the address. */
export function refuseOtherPlace(
  body: z.output<typeof creation>,
  { organization, project, name }: Place,
): void {
  const pairs = [
    [body.organizationName, organization],
    [body.projectName, project],
    [body.envName, name],
  ] as const
  if (pairs.every(([said, real]) => !said || (real !== undefined && key(said) === key(real)))) return
  throw new Failure(
    'invalid',
    'Bad Request: organization, project and environment must be those of the address',
  )
}

export function newWebhookIn({ name, format, secret, ...rest }: z.output<typeof creation>) {
  return { ...withLists(rest), webhook: name ?? '', format: format ?? 'raw', secret: secret ?? '' } as const
}

export function changesIn({ format, secret, ...rest }: z.output<typeof fields>) {
  return {
    ...withLists(rest),
    format: format ?? undefined,
    secret: secret === removeSecret ? undefined : (secret ?? undefined),
    removeSecret: secret === removeSecret,
  }
}

function withLists({ active, displayName, payloadUrl, filters, groups }: z.output<typeof fields>) {
  return { active, displayName, payloadUrl, filters: filters ?? [], groups: groups ?? [] }
}

function changeRoutes(api: Api): void {
  api.patch(
    `${hooks}/:hook`,
    {
      schema: {
        summary: 'Change a webhook',
        description: `Replaces every field; format and secret stay when absent, \`${removeSecret}\` takes the secret away.`,
        params: hookParams,
        body: fields,
        response: { 200: webhookShape, ...conflicts },
      },
    },
    async (request) => {
      const { hook: webhook, ...place } = request.params
      const changed = await updateWebhook(actorOf(request), { ...place, webhook, ...changesIn(request.body) })
      return wireWebhook(changed, place)
    },
  )
  api.delete(
    `${hooks}/:hook`,
    {
      schema: { summary: 'Remove a webhook', params: hookParams, response: { 204: noContent, ...refusals } },
    },
    async (request, reply) => {
      await deleteWebhook(actorOf(request), { ...request.params, webhook: request.params.hook })
      return reply.code(204).send()
    },
  )
}

function deliveryRoutes(api: Api): void {
  const sent = { 200: deliveryShape, ...refusals }
  api.post(
    `${hooks}/:hook/ping`,
    {
      schema: {
        summary: 'Send a test to a webhook',
        description: 'Answers when the receiver did; `responseCode` 0 means that nothing came back.',
        params: hookParams,
        response: sent,
      },
    },
    async (request) => {
      const reference = { ...request.params, webhook: request.params.hook }
      return wireDelivery(await pingWebhook(actorOf(request), reference))
    },
  )
  api.get(
    `${hooks}/:hook/deliveries`,
    {
      schema: {
        summary: 'List deliveries, the newest first',
        params: hookParams,
        response: { 200: z.array(deliveryShape), ...refusals },
      },
    },
    async (request) => {
      const reference = { ...request.params, webhook: request.params.hook }
      return (await listDeliveries(actorOf(request), reference)).map(wireDelivery)
    },
  )
  api.post(
    `${hooks}/:hook/deliveries/:delivery/redeliver`,
    { schema: { summary: 'Deliver again', params: hookParams.extend({ delivery: text }), response: sent } },
    async (request) => {
      const reference = { ...request.params, webhook: request.params.hook }
      return wireDelivery(
        await redeliver(actorOf(request), { ...reference, delivery: request.params.delivery }),
      )
    },
  )
}

export function wireDelivery(delivery: DeliverySummary): z.output<typeof deliveryShape> {
  const { at, durationMs, status: _, tries: __, nextTryAt: ___, ...rest } = delivery
  return { ...rest, timestamp: Math.floor(Date.parse(at) / 1000), duration: durationMs }
}
