/** `fn::open::gcp-secrets`: secrets of Google Secret Manager (providers.md §3). */
import * as z from 'zod'
import { defineProvider } from '../define'
import { ProviderFailure } from '../failure'
import { gcpLoginOutputs } from '../gcp-login'
import { explainGoogle } from '../gcp-login/explain'
import { reads } from '../schema'
import { type CallContext, callService } from '../service/call'
import { serviceUrl } from '../service/endpoint'
import { readEach } from '../service/read-each'
import { crc32c } from './crc32c'

const provider = 'gcp-secrets'

const entry = z.strictObject({
  name: z
    .string()
    .regex(/^[0-9a-zA-Z_-]{1,255}$/)
    .meta({ description: 'name of the secret' }),
  version: z.number().multipleOf(1).min(1).optional().meta({ description: 'the newest when absent' }),
})

const inputs = z.strictObject({
  login: gcpLoginOutputs.meta({ description: 'the output of gcp-login' }),
  access: reads(entry).meta({ description: 'what to read, by its name in the output' }),
})

export const gcpSecrets = defineProvider({
  name: provider,
  description: 'Secrets of Google Secret Manager',
  inputs,
  outputs: z.record(z.string(), z.string().meta({ secret: true })),
  async open({ login, access }, context) {
    const output = await readEach(access, (wanted, key) => accessVersion({ login, key, context }, wanted))
    return { output }
  },
})

interface Reading {
  login: z.output<typeof gcpLoginOutputs>
  /** Name of the entry in `access`. */
  key: string
  context: CallContext
}

const answer = z.object({
  payload: z.object({ data: z.base64().default(''), dataCrc32c: z.coerce.string().optional() }),
})

async function accessVersion(
  { login, key, context }: Reading,
  { name, version }: z.output<typeof entry>,
): Promise<string> {
  const last = `${version ?? 'latest'}:access`
  const { payload } = await callService({
    provider,
    service: 'Google Secret Manager',
    url: serviceUrl('https://secretmanager.googleapis.com', [
      ...['v1', 'projects', String(login.project), 'secrets', name, 'versions', last],
    ]),
    headers: { authorization: `${login.tokenType} ${login.accessToken}` },
    answer,
    explain: (refused) => {
      const explained = explainGoogle(
        refused,
        (status) => secretManagerAdvice[status] ?? 'Check the login and the names.',
      )
      return explained && { ...explained, answer: `Google Secret Manager refused "access.${key}"` }
    },
    secrets: [login.accessToken],
    context,
  })
  const data = Buffer.from(payload.data, 'base64')
  if (payload.dataCrc32c !== undefined && String(crc32c(data)) !== payload.dataCrc32c) throw damaged(key)
  return data.toString('utf8')
}

/** What to do, by Google's status. */
export const secretManagerAdvice: Readonly<Record<string, string>> = {
  NOT_FOUND: 'Check project, and the name and version of the secret.',
  PERMISSION_DENIED:
    'Give the service account roles/secretmanager.secretAccessor, and check that the Secret Manager API is enabled in the project.',
  FAILED_PRECONDITION: 'The version is disabled or destroyed: enable it, or name another.',
  UNAUTHENTICATED: 'The access token is not, or no longer, valid: use the output of gcp-login as login.',
}

function damaged(key: string): ProviderFailure {
  return new ProviderFailure({
    provider,
    code: 'InvalidAnswer',
    answer: `the checksum of "access.${key}" does not match what arrived`,
    advice: 'Open again.',
  })
}
