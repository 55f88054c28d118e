/**
 * `fn::open::1password-secrets`: fields of 1Password items by their secret references (providers.md §3), read from a
 * Connect server. Service accounts can only be used through 1Password's own WebAssembly client, which makes its own
 * unguarded requests to an address that the token names; they are refused with that reason.
 */
import * as z from 'zod'
import { defineProvider } from '../define'
import { ProviderFailure } from '../failure'
import { invalidInputs } from '../parse-inputs'
import { reads } from '../schema'
import { readEach } from '../service/read-each'
import { type ConnectServer, readReference } from './connect'
import { parseReference } from './reference'

const provider = '1password-secrets'

const connect = z.strictObject({
  host: z
    .string()
    .regex(/^https?:\/\/[^/?#@\s]+\/?$/)
    .meta({ description: 'address of the Connect server: scheme and host' }),
  token: z.string().min(1).meta({ description: 'access token of the Connect server', secret: true }),
})

const login = z.strictObject({
  connect: connect.optional().meta({ description: 'read from a Connect server' }),
  serviceAccountToken: z
    .string()
    .optional()
    .meta({ description: 'a service account; not supported by this server', secret: true }),
})

const inputs = z.strictObject({
  login: login.meta({ description: 'who reads' }),
  get: reads(
    z.strictObject({
      ref: z
        .string()
        .regex(/^op:\/\/.+/)
        .meta({ description: 'a secret reference: op://vault/item/[section/]field' }),
    }),
  ).meta({ description: 'what to read, by its name in the output' }),
})

export const onePasswordSecrets = defineProvider({
  name: provider,
  description: 'Fields of 1Password items, from a Connect server',
  inputs,
  outputs: z.record(z.string(), z.string().meta({ secret: true })),
  async open({ login, get }, context) {
    const server = serverOf(login)
    const references = Object.entries(get).map(([key, { ref }]) => [key, parseReference(ref, key)] as const)
    const output = await readEach(Object.fromEntries(references), (reference, key) =>
      readReference({ server, key, context }, reference),
    )
    return { output }
  },
})

function serverOf({ connect, serviceAccountToken }: z.output<typeof login>): ConnectServer {
  if (serviceAccountToken !== undefined) {
    throw new ProviderFailure({
      provider,
      code: 'NotSupported',
      answer: 'service accounts cannot be used from this server',
      advice: 'Run a 1Password Connect server, and give login.connect its host and token.',
    })
  }
  if (connect) return connect
  throw invalidInputs(provider, 'login.connect must be given', 'Name host and token of a Connect server.')
}
