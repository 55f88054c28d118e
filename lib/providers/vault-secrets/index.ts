/** `fn::open::vault-secrets`: what any path of HashiCorp Vault or OpenBao gives when read (providers.md §3). */
import * as z from 'zod'
import { defineProvider } from '../define'
import { ProviderFailure } from '../failure'
import { reads } from '../schema'
import type { CallContext } from '../service/call'
import { readEach } from '../service/read-each'
import { vaultLoginOutputs } from '../vault-login'
import { requestVault } from '../vault-login/request'

const provider = 'vault-secrets'

const entry = z.strictObject({
  path: z
    .string()
    .regex(/^[^/?#\s][^?#\s]*$/)
    .meta({ description: 'path to read, for example secret/data/app' }),
  field: z.string().min(1).optional().meta({ description: 'one field of the data; all of it when absent' }),
})

const inputs = z.strictObject({
  login: vaultLoginOutputs.meta({ description: 'the output of vault-login' }),
  read: reads(entry).meta({ description: 'what to read, by its name in the output' }),
})

export const vaultSecrets = defineProvider({
  name: provider,
  description: 'Secrets of HashiCorp Vault or OpenBao, static and dynamic',
  inputs,
  outputs: z.record(z.string(), z.unknown()).meta({ secret: true }),
  async open({ login, read }, context) {
    const paths = Object.fromEntries(Object.entries(read).map(([key, { path }]) => [key, path]))
    const answers = await readEach(paths, (path, key) => readPath({ login, key, context }, path))
    const output = Object.fromEntries(
      Object.entries(answers).map(([key, { data }]) => [key, fieldOf(data, read[key]?.field, key)]),
    )
    return { output, expiresAt: firstExpiry(Object.values(answers)) }
  },
})

interface Reading {
  login: z.output<typeof vaultLoginOutputs>
  /** Name of the entry in `read`. */
  key: string
  context: CallContext
}

const answer = z.object({
  data: z.record(z.string(), z.json()),
  lease_id: z.string().default(''),
  lease_duration: z.number().default(0),
})

type Answer = z.output<typeof answer>

/** One read per path, so that fields of dynamic credentials belong together. */
function readPath({ login, key, context }: Reading, path: string): Promise<Answer> {
  return requestVault({
    provider,
    server: login,
    path,
    token: login.token,
    answer,
    secrets: [login.token],
    advice: `Let a policy of the login allow reading the path of "read.${key}".`,
    context,
  })
}

function fieldOf(data: Answer['data'], field: string | undefined, key: string) {
  if (field === undefined) return data
  const value = Object.hasOwn(data, field) ? data[field] : undefined
  if (value !== undefined) return value
  throw new ProviderFailure({
    provider,
    code: 'NotFound',
    answer: `"read.${key}" has no field of that name`,
    advice: 'Check field; what a KV v2 path gives has the fields data and metadata.',
  })
}

/** Of the leases: static secrets have none. */
function firstExpiry(answers: readonly Answer[]): string | undefined {
  const seconds = answers
    .filter(({ lease_id }) => lease_id !== '')
    .map(({ lease_duration }) => lease_duration)
  if (seconds.length === 0) return undefined
  return new Date(Date.now() + Math.min(...seconds) * 1000).toISOString()
}
