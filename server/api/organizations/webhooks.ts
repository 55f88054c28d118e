/** Webhooks of a whole organization (http-api.md §11.8). */
import * as z from 'zod'
import { listDeliveries, pingWebhook, redeliver } from '@/lib/webhooks/deliveries'
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  readWebhook,
  updateWebhook,
  type WebhookSummary,
} from '@/lib/webhooks/webhooks'
import { type Api, actorOf } from '../api'
import { conflicts, noContent, organizationParams, refusals, text } from '../shapes'
import {
  changesIn,
  creation,
  deliveryShape,
  fields,
  newWebhookIn,
  refuseOtherPlace,
  webhookShape,
  wireDelivery,
} from '../webhooks'
import { organizationPath } from './shapes'

const hooks = `${organizationPath}/hooks`
const params = organizationParams.extend({ hook: text })

const shape = webhookShape
  .omit({ projectName: true, envName: true })
  .meta({ id: 'OrganizationWebhook', description: 'Hears of every environment.' })

export function organizationWebhookRoutes(api: Api): void {
  readRoutes(api)
  createRoute(api)
  changeRoutes(api)
  deliveryRoutes(api)
}

/** The place and the name, as the use cases take them. */
function referenceIn({ organization, hook }: z.output<typeof params>) {
  return { organization, webhook: hook }
}

function wireWebhook(webhook: WebhookSummary, organization: string): z.output<typeof shape> {
  return { ...webhook, organizationName: organization, secretCiphertext: '' }
}

function readRoutes(api: Api): void {
  api.get(
    hooks,
    {
      schema: {
        summary: 'List webhooks of the organization',
        params: organizationParams,
        response: { 200: z.array(shape), ...refusals },
      },
    },
    async (request) => {
      const { organization } = request.params
      const webhooks = await listWebhooks(actorOf(request), { organization })
      return webhooks.map((webhook) => wireWebhook(webhook, organization))
    },
  )
  api.get(
    `${hooks}/:hook`,
    {
      schema: {
        summary: 'Read a webhook of the organization',
        params,
        response: { 200: shape, ...refusals },
      },
    },
    async (request) => {
      const webhook = await readWebhook(actorOf(request), referenceIn(request.params))
      return wireWebhook(webhook, request.params.organization)
    },
  )
}

function createRoute(api: Api): void {
  api.post(
    hooks,
    {
      schema: {
        summary: 'Add a webhook to the organization',
        description: 'Without a name one is made up.',
        params: organizationParams,
        body: creation,
        response: { 201: shape, ...conflicts },
      },
    },
    async (request, reply) => {
      const { organization } = request.params
      refuseOtherPlace(request.body, { organization })
      const webhook = await createWebhook(actorOf(request), { organization, ...newWebhookIn(request.body) })
      return reply.code(201).send(wireWebhook(webhook, organization))
    },
  )
}

function changeRoutes(api: Api): void {
  api.patch(
    `${hooks}/:hook`,
    {
      schema: {
        summary: 'Change a webhook of the organization',
        params,
        body: fields,
        response: { 200: shape, ...conflicts },
      },
    },
    async (request) => {
      const update = { ...referenceIn(request.params), ...changesIn(request.body) }
      return wireWebhook(await updateWebhook(actorOf(request), update), request.params.organization)
    },
  )
  api.delete(
    `${hooks}/:hook`,
    {
      schema: {
        summary: 'Remove a webhook of the organization',
        params,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await deleteWebhook(actorOf(request), referenceIn(request.params))
      return reply.code(204).send()
    },
  )
}

function deliveryRoutes(api: Api): void {
  const sent = { 200: deliveryShape, ...refusals }
  api.post(
    `${hooks}/:hook/ping`,
    { schema: { summary: 'Send a test to a webhook of the organization', params, response: sent } },
    async (request) => wireDelivery(await pingWebhook(actorOf(request), referenceIn(request.params))),
  )
  api.get(
    `${hooks}/:hook/deliveries`,
    {
      schema: {
        summary: 'List deliveries of a webhook of the organization, the newest first',
        params,
        response: { 200: z.array(deliveryShape), ...refusals },
      },
    },
    async (request) =>
      (await listDeliveries(actorOf(request), referenceIn(request.params))).map(wireDelivery),
  )
  api.post(
    `${hooks}/:hook/deliveries/:delivery/redeliver`,
    {
      schema: {
        summary: 'Deliver again to a webhook of the organization',
        params: params.extend({ delivery: text }),
        response: sent,
      },
    },
    async (request) => {
      const { delivery } = request.params
      return wireDelivery(await redeliver(actorOf(request), { ...referenceIn(request.params), delivery }))
    },
  )
}
