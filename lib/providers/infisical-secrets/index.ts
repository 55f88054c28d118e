/** `fn::open::infisical-secrets`: secrets of Infisical projects (providers.md §3). */
import * as z from 'zod'
import { defineProvider } from '../define'
import { infisicalLoginOutputs } from '../infisical-login'
import { explainInfisical, siteWords, urlAt } from '../infisical-login/site'
import { reads } from '../schema'
import { type CallContext, callService } from '../service/call'
import { readEach } from '../service/read-each'

const provider = 'infisical-secrets'
const name = z.string().min(1)

const entry = z.strictObject({
  projectId: name.meta({ description: 'id of the project' }),
  environment: name.meta({ description: 'slug of the environment, for example prod' }),
  secretKey: name.meta({ description: 'name of the secret' }),
  secretPath: z.string().optional().meta({ description: 'folder of the secret; / when absent' }),
  type: z
    .enum(['shared', 'personal'])
    .optional()
    .meta({ description: 'shared when absent; personal means the override of the machine identity itself' }),
})

const inputs = z.strictObject({
  login: infisicalLoginOutputs.meta({ description: 'the output of infisical-login' }),
  get: reads(entry).meta({ description: 'what to read, by its name in the output' }),
})

export const infisicalSecrets = defineProvider({
  name: provider,
  description: 'Secrets of Infisical projects',
  inputs,
  outputs: z.record(z.string(), z.string().meta({ secret: true })),
  async open({ login, get }, context) {
    const output = await readEach(get, (wanted, key) => readSecret({ login, key, context }, wanted))
    return { output }
  },
})

interface Reading {
  login: z.output<typeof infisicalLoginOutputs>
  /** Name of the entry in `get`. */
  key: string
  context: CallContext
}

const answer = z.object({ secret: z.object({ secretValue: z.string() }) })

async function readSecret({ login, key, context }: Reading, wanted: z.output<typeof entry>): Promise<string> {
  const { projectId, environment, secretKey, secretPath = '/', type = 'shared' } = wanted
  const query = { workspaceId: projectId, environment, secretPath, type }
  const { secret } = await callService({
    provider,
    service: 'Infisical',
    url: urlAt(login.siteUrl, ['api', 'v3', 'secrets', 'raw', secretKey], query),
    headers: { authorization: `Bearer ${login.accessToken}` },
    answer,
    explain: (refused) => {
      const advice = 'Check projectId, environment, secretPath and secretKey, and what the identity may read.'
      const explained = explainInfisical(refused, `${advice} ${siteWords(login.siteUrl)}`)
      return explained && { ...explained, answer: `Infisical refused "get.${key}"` }
    },
    secrets: [login.accessToken],
    context,
  })
  return secret.secretValue
}
