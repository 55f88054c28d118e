/** `fn::open::azure-secrets`: secrets of an Azure Key Vault (providers.md §3). */
import * as z from 'zod'
import { azureLoginOutputs } from '../azure-login'
import { entraToken } from '../azure-login/entra'
import { defineProvider } from '../define'
import { reads } from '../schema'
import { type CallContext, callService, type Explanation, type Refused } from '../service/call'
import { serviceUrl } from '../service/endpoint'
import { readEach } from '../service/read-each'

const provider = 'azure-secrets'

const entry = z.strictObject({
  name: z
    .string()
    .regex(/^[0-9a-zA-Z-]{1,127}$/)
    .meta({ description: 'name of the secret' }),
  version: z
    .string()
    .regex(/^[0-9a-zA-Z]+$/)
    .optional()
    .meta({ description: 'the newest when absent' }),
})

const inputs = z.strictObject({
  login: azureLoginOutputs.meta({ description: 'the output of azure-login' }),
  vault: z
    .string()
    .regex(/^[0-9a-zA-Z-]{3,24}$/)
    .meta({ description: 'name of the key vault' }),
  get: reads(entry).meta({ description: 'what to read, by its name in the output' }),
})

export const azureSecrets = defineProvider({
  name: provider,
  description: 'Secrets of an Azure Key Vault',
  inputs,
  outputs: z.record(z.string(), z.string().meta({ secret: true })),
  async open({ login, vault, get }, context) {
    const scope = 'https://vault.azure.net/.default'
    const token = await entraToken(login, { provider, scope, context })
    const output = await readEach(get, (wanted, key) => readSecret({ vault, token, key, context }, wanted))
    return { output }
  },
})

interface Reading {
  vault: string
  token: string
  /** Name of the entry in `get`. */
  key: string
  context: CallContext
}

const answer = z.object({ value: z.string() })

async function readSecret(
  { vault, token, key, context }: Reading,
  { name, version }: z.output<typeof entry>,
): Promise<string> {
  const path = ['secrets', name, ...(version === undefined ? [] : [version])]
  const { value } = await callService({
    provider,
    service: 'Azure Key Vault',
    url: serviceUrl(`https://${vault.toLowerCase()}.vault.azure.net`, path, { 'api-version': '7.4' }),
    headers: { authorization: `Bearer ${token}` },
    answer,
    explain: (refused) => explainVault(refused, key),
    secrets: [token],
    context,
  })
  return value
}

/** The vault writes `innererror` in some answers and `innerError` in others. */
const inner = z.object({ code: z.string() }).optional()
const refusal = z.object({ error: z.object({ code: z.string(), innererror: inner, innerError: inner }) })

/** What to do, by the vault's code. */
export const vaultAdvice: Readonly<Record<string, string>> = {
  SecretNotFound: 'Check the name and version of the secret.',
  ForbiddenByRbac: 'Give the application the role "Key Vault Secrets User" on the vault.',
  ForbiddenByPolicy: "Give the application the permission get for secrets in the vault's access policies.",
  AccessDenied: "Give the application the permission get for secrets in the vault's access policies.",
  ForbiddenByFirewall: "Let this server's address through the vault's firewall.",
  SecretDisabled: 'Enable the secret, or name another version.',
  Unauthorized: 'The vault belongs to another tenant than the login.',
}

function explainVault({ body }: Refused, key: string): Explanation | undefined {
  const { error } = refusal.safeParse(body).data ?? {}
  if (!error) return undefined
  const code = error.innererror?.code ?? error.innerError?.code ?? error.code
  return {
    code,
    answer: `Azure Key Vault refused "get.${key}"`,
    advice: vaultAdvice[code] ?? "Check the vault, the secret's name and what the application may do.",
  }
}
