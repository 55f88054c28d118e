import type { EnvironmentName } from '../reference/reference'
import type { Api } from './api'
import { asList, asObject, flag, integer, text, texts } from './decode'
import { environmentPath } from './environments'
import type { Json } from './json'

export interface Webhook {
  readonly name: string
  readonly displayName: string
  readonly payloadUrl: string
  readonly active: boolean
  readonly format: string
  readonly events: readonly string[]
  readonly groups: readonly string[]
  readonly hasSecret: boolean
}

export interface Delivery {
  readonly id: string
  readonly kind: string
  /** Unix seconds. */
  readonly timestamp: number
  readonly responseCode: number
  /** Milliseconds. */
  readonly duration: number
}

/** What can be changed of a webhook. An absent secret stays, `null` removes it. */
export interface WebhookFields {
  readonly displayName: string
  readonly payloadUrl: string
  readonly active: boolean
  readonly format: string
  readonly events: readonly string[]
  readonly groups: readonly string[]
  readonly secret: string | null | undefined
}

export async function listWebhooks(api: Api, name: EnvironmentName): Promise<Webhook[]> {
  return asList(await api.json({ path: environmentPath(name, 'hooks') }), 'webhooks').map(decodeWebhook)
}

export async function readWebhook(api: Api, name: EnvironmentName, hook: string): Promise<Webhook> {
  return decodeWebhook(await api.json({ path: environmentPath(name, 'hooks', hook) }))
}

export async function createWebhook(
  api: Api,
  name: EnvironmentName,
  fields: WebhookFields,
): Promise<Webhook> {
  const body = JSON.stringify({
    ...wireFields(fields),
    name: '',
    organizationName: name.organization,
    projectName: name.project,
    envName: name.environment,
  })
  return decodeWebhook(await api.json({ method: 'POST', path: environmentPath(name, 'hooks'), body }))
}

export async function updateWebhook(
  api: Api,
  name: EnvironmentName,
  { hook, fields }: { readonly hook: string; readonly fields: WebhookFields },
): Promise<void> {
  const path = environmentPath(name, 'hooks', hook)
  await api.send({ method: 'PATCH', path, body: JSON.stringify(wireFields(fields)) })
}

export async function deleteWebhook(api: Api, name: EnvironmentName, hook: string): Promise<void> {
  await api.send({ method: 'DELETE', path: environmentPath(name, 'hooks', hook) })
}

export async function pingWebhook(api: Api, name: EnvironmentName, hook: string): Promise<Delivery> {
  return decodeDelivery(
    await api.json({ method: 'POST', path: environmentPath(name, 'hooks', hook, 'ping') }),
  )
}

export async function listDeliveries(api: Api, name: EnvironmentName, hook: string): Promise<Delivery[]> {
  const answer = await api.json({ path: environmentPath(name, 'hooks', hook, 'deliveries') })
  return asList(answer, 'deliveries').map(decodeDelivery)
}

/** The wire's word for "remove the secret" (http-api.md §8). */
const removeSecret = '__remove-secret'

function wireFields({ displayName, payloadUrl, active, format, events, groups, secret }: WebhookFields) {
  return {
    active,
    displayName,
    payloadUrl,
    format,
    filters: events,
    groups,
    secret: secret === null ? removeSecret : secret || undefined,
  }
}

function decodeWebhook(json: Json): Webhook {
  const hook = asObject(json, 'webhook')
  return {
    name: text(hook, 'name'),
    displayName: text(hook, 'displayName'),
    payloadUrl: text(hook, 'payloadUrl'),
    active: flag(hook, 'active'),
    format: text(hook, 'format'),
    events: texts(hook, 'filters'),
    groups: texts(hook, 'groups'),
    hasSecret: flag(hook, 'hasSecret'),
  }
}

function decodeDelivery(json: Json): Delivery {
  const delivery = asObject(json, 'delivery')
  return {
    id: text(delivery, 'id'),
    kind: text(delivery, 'kind'),
    timestamp: integer(delivery, 'timestamp'),
    responseCode: integer(delivery, 'responseCode'),
    duration: integer(delivery, 'duration'),
  }
}
