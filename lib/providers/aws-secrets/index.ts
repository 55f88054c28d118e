/** `fn::open::aws-secrets`: secrets of AWS Secrets Manager. */
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import * as z from 'zod'
import { awsClientSettings } from '../aws/client'
import { explainAwsRead } from '../aws/explain'
import { awsLogin, awsRegion } from '../aws/login'
import { defineProvider } from '../define'

import { reads } from '../schema'
import { readEach } from '../service/read-each'
import { shareReads } from '../share'

const entry = z.strictObject({
  secretId: z.string().min(1).max(2048).meta({ description: 'name or ARN of the secret' }),
  versionId: z.string().optional().meta({ description: 'one version; the current one when absent' }),
  versionStage: z.string().optional().meta({ description: 'for example AWSPREVIOUS' }),
})

const share = shareReads<string>()

/** Loaded when it is needed: few installations ever do, and all would hold it in memory. */
const sdk = () => import('@aws-sdk/client-secrets-manager')

export const awsSecrets = defineProvider({
  name: 'aws-secrets',
  description: 'Secrets from AWS Secrets Manager',
  inputs: z.strictObject({
    login: awsLogin.meta({ description: 'what aws-login gives' }),
    region: awsRegion,
    get: reads(entry).meta({ description: 'what to read, by the name that it gets' }),
  }),
  outputs: z.record(z.string(), z.string().meta({ secret: true })),
  async open({ login, region, get }, context) {
    const { SecretsManagerClient } = await sdk()
    const client = new SecretsManagerClient(awsClientSettings(login, region))
    const output = await readEach(get, (wanted, name) =>
      share(context, [login, region, wanted], () => read(client, wanted, context.signal)).catch((error) => {
        throw explainAwsRead({ provider: 'aws-secrets', name, what: wanted.secretId }, error)
      }),
    )
    return { output }
  },
})

/** JSON secrets come as text; binary ones as base64. */
async function read(
  client: SecretsManagerClient,
  { secretId, versionId, versionStage }: z.output<typeof entry>,
  abortSignal: AbortSignal,
): Promise<string> {
  const { GetSecretValueCommand } = await sdk()
  const command = new GetSecretValueCommand({
    SecretId: secretId,
    VersionId: versionId,
    VersionStage: versionStage,
  })
  const { SecretString, SecretBinary } = await client.send(command, { abortSignal })
  return SecretString ?? Buffer.from(SecretBinary ?? []).toString('base64')
}
