/** `fn::open::aws-parameter-store`: parameters of AWS Systems Manager. All count as secret: the caller cannot tell. */
import type { SSMClient } from '@aws-sdk/client-ssm'
import * as z from 'zod'
import { awsClientSettings } from '../aws/client'
import { explainAwsRead } from '../aws/explain'
import { awsLogin, awsRegion } from '../aws/login'
import { defineProvider } from '../define'

import { reads } from '../schema'
import { readEach } from '../service/read-each'
import { shareReads } from '../share'

const entry = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(2048)
    .meta({ description: 'name or ARN of the parameter, perhaps with :version or :label' }),
  decrypt: z
    .boolean()
    .default(false)
    .meta({ description: 'whether a SecureString is decrypted; otherwise its ciphertext is given' }),
})

const value = z.union([z.string(), z.array(z.string())])

const share = shareReads<z.output<typeof value>>()

/** Loaded when it is needed: few installations ever do, and all would hold it in memory. */
const sdk = () => import('@aws-sdk/client-ssm')

export const awsParameterStore = defineProvider({
  name: 'aws-parameter-store',
  description: 'Parameters from AWS Systems Manager Parameter Store; a StringList becomes a list',
  inputs: z.strictObject({
    login: awsLogin.meta({ description: 'what aws-login gives' }),
    region: awsRegion,
    get: reads(entry).meta({ description: 'what to read, by the name that it gets' }),
  }),
  outputs: z.record(z.string(), value.meta({ secret: true })),
  async open({ login, region, get }, context) {
    const { SSMClient } = await sdk()
    const client = new SSMClient(awsClientSettings(login, region))
    const output = await readEach(get, (wanted, name) =>
      share(context, [login, region, wanted], () => read(client, wanted, context.signal)).catch((error) => {
        throw explainAwsRead({ provider: 'aws-parameter-store', name, what: wanted.name }, error)
      }),
    )
    return { output }
  },
})

async function read(
  client: SSMClient,
  { name, decrypt }: z.output<typeof entry>,
  abortSignal: AbortSignal,
): Promise<z.output<typeof value>> {
  const { GetParameterCommand } = await sdk()
  const command = new GetParameterCommand({ Name: name, WithDecryption: decrypt })
  const { Parameter } = await client.send(command, { abortSignal })
  const text = Parameter?.Value ?? ''
  return Parameter?.Type === 'StringList' ? text.split(',') : text
}
