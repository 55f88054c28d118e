/** The interface of 1Password Connect: vaults and items by name or id, then one field of an item. */
import * as z from 'zod'
import { ProviderFailure } from '../failure'
import { type CallContext, callService, type Explanation, type Refused } from '../service/call'
import { serviceUrl } from '../service/endpoint'
import type { SecretReference } from './reference'

const provider = '1password-secrets'

export interface ConnectServer {
  host: string
  token: string
}

export interface Reading {
  server: ConnectServer
  /** Name of the entry in `get`. */
  key: string
  context: CallContext
}

const listed = z.array(z.object({ id: z.string() }))

const itemShape = z.object({
  sections: z.array(z.object({ id: z.string(), label: z.string().optional() })).default([]),
  fields: z
    .array(
      z.object({
        id: z.string(),
        label: z.string().optional(),
        value: z.string().optional(),
        totp: z.string().optional(),
        section: z.object({ id: z.string() }).optional(),
      }),
    )
    .default([]),
})

/** @throws ProviderFailure `NotFound`, `Ambiguous`, `Unauthorized`, `Forbidden` */
export async function readReference(reading: Reading, reference: SecretReference): Promise<string> {
  const vault = await idOf(reading, { path: ['v1', 'vaults'], name: reference.vault, property: 'name' })
  const items = ['v1', 'vaults', vault, 'items']
  const item = await idOf(reading, { path: items, name: reference.item, property: 'title' })
  const { sections, fields } = await get(reading, [...items, item], itemShape)
  const isNamed = (name: string) => (part: { id: string; label?: string | undefined }) =>
    part.id === name || part.label === name
  const section = reference.section === undefined ? undefined : sections.find(isNamed(reference.section))
  const found = fields
    .filter(isNamed(reference.field))
    .find((field) => reference.section === undefined || (section && field.section?.id === section.id))
  const value = reference.attribute === 'otp' ? found?.totp : found?.value
  if (value === undefined) throw missing(reading.key, 'field')
  return value
}

interface Named {
  path: string[]
  name: string
  property: 'name' | 'title'
}

/** Ids have 26 characters; a name of that form is taken for one. */
async function idOf(reading: Reading, { path, name, property }: Named): Promise<string> {
  if (/^[a-z0-9]{26}$/.test(name)) return name
  const found = await get(reading, path, listed, { filter: `${property} eq "${name}"` })
  const [first, second] = found
  const kind = property === 'name' ? 'vault' : 'item'
  if (first === undefined) throw missing(reading.key, kind)
  if (second !== undefined) throw ambiguous(reading.key, kind)
  return first.id
}

function get<T>(
  { server, key, context }: Reading,
  path: string[],
  answer: z.ZodType<T>,
  query: Record<string, string> = {},
): Promise<T> {
  return callService({
    provider,
    service: '1Password Connect',
    url: serviceUrl(new URL(server.host).origin, path, query),
    headers: { authorization: `Bearer ${server.token}` },
    answer,
    explain: (refused) => explainConnect(refused, key),
    secrets: [server.token],
    context,
  })
}

const refusal = z.object({ message: z.string() })
const codes: Record<number, string> = {
  400: 'InvalidRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
}

function explainConnect({ status, body }: Refused, key: string): Explanation | undefined {
  const code = codes[status]
  if (code === undefined || !refusal.safeParse(body).success) return undefined
  return {
    code,
    answer: `1Password Connect refused "get.${key}"`,
    advice: 'Check the token of the Connect server, and which vaults it may read.',
  }
}

function missing(key: string, kind: string): ProviderFailure {
  return new ProviderFailure({
    provider,
    code: 'NotFound',
    answer: `the ${kind} that "get.${key}" names does not exist`,
    advice: 'Check the reference, and that the token of the Connect server may read the vault.',
  })
}

function ambiguous(key: string, kind: string): ProviderFailure {
  return new ProviderFailure({
    provider,
    code: 'Ambiguous',
    answer: `several have the name of the ${kind} in "get.${key}"`,
    advice: 'Use its id in the reference.',
  })
}
