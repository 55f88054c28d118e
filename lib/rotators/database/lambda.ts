/** Databases that only a function inside their network reaches (providers.md §5.3). */
import * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import { awsClientSettings } from '@/lib/providers/aws/client'
import { explainAwsError } from '@/lib/providers/aws/explain'
import { ProviderFailure } from '@/lib/providers/failure'
import type { Credential, DatabaseInputs } from './schema'

interface LambdaRequest {
  type: 'postgres' | 'mysql'
  database: DatabaseInputs['database']
  connector: NonNullable<DatabaseInputs['database']['connector']>
  user: Credential
}

const answerSchema = z.object({ code: z.number() })

/** @throws ProviderFailure */
export async function setPasswordThroughLambda(
  { type, database, connector, user }: LambdaRequest,
  { signal }: Pick<ProviderContext, 'signal'>,
): Promise<void> {
  const { login, lambdaArn } = connector.awsLambda
  // Few installations ever need it, and all would hold it in memory.
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda')
  const region = lambdaArn.split(':')[3] ?? ''
  const client = new LambdaClient(awsClientSettings(login, region))
  const command = new InvokeCommand({
    FunctionName: lambdaArn,
    InvocationType: 'RequestResponse',
    Payload: Buffer.from(JSON.stringify(payloadOf(type, database, user))),
  })
  const answer = await client.send(command, { abortSignal: signal }).catch((error: unknown) => {
    throw explainAwsError(type, error)
  })
  const text = Buffer.from(answer.Payload ?? []).toString('utf8')
  if (answer.FunctionError === undefined && isOk(text)) return
  throw new ProviderFailure({
    provider: type,
    code: 'ConnectorFailed',
    // What the function says may quote what it was given.
    answer: 'the connector did not set the password',
    advice: `Look at the logs of ${lambdaArn}.`,
  })
}

function payloadOf(
  type: LambdaRequest['type'],
  { host, port, database, managingUser }: LambdaRequest['database'],
  { username, password }: Credential,
) {
  return {
    type,
    host,
    port,
    database,
    managingUser: { ...managingUser, newPassword: null },
    rotateUser: { username, password: null, newPassword: password },
  }
}

function isOk(text: string): boolean {
  try {
    return answerSchema.parse(JSON.parse(text)).code === 200
  } catch {
    return false
  }
}
