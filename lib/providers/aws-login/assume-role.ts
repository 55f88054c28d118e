import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { IdentityToken } from '@/lib/oidc/token'
import { guardedAgents } from '@/lib/outgoing'
import { explainStsError } from './explain'

export interface AssumeRoleInput {
  roleArn: string
  sessionName: string
  durationSeconds: number
  policyArns: readonly string[]
}

export interface AwsCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiresAt: string
}

/**
 * Trades an identity token for short-lived keys. The call is unsigned; the client gets no credentials at all, so the
 * server's own identity can never leak into a tenant's environment.
 *
 * @throws ProviderFailure with what was sent, what AWS answered and what to change.
 */
export async function assumeRole(
  input: AssumeRoleInput,
  identity: IdentityToken,
  signal: AbortSignal,
): Promise<AwsCredentials> {
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: input.roleArn,
    RoleSessionName: input.sessionName,
    WebIdentityToken: identity.token,
    DurationSeconds: input.durationSeconds,
    PolicyArns: input.policyArns.length > 0 ? input.policyArns.map((arn) => ({ arn })) : undefined,
  })
  try {
    const { Credentials } = await stsClient().send(command, { abortSignal: signal })
    return complete(Credentials)
  } catch (error) {
    throw explainStsError(error, identity.claims)
  }
}

/** One client for the process: it holds no tenant state, only connections. */
let client: STSClient | undefined

function stsClient(): STSClient {
  client ??= new STSClient({
    region: 'us-east-1',
    credentials: noCredentials,
    requestHandler: new NodeHttpHandler(guardedAgents()),
  })
  return client
}

function noCredentials(): never {
  throw new Error('AWS STS must be called without ambient credentials')
}

function complete(
  credentials: {
    AccessKeyId?: string | undefined
    SecretAccessKey?: string | undefined
    SessionToken?: string | undefined
    Expiration?: Date | undefined
  } = {},
): AwsCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new Error('AWS STS answered without complete credentials')
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresAt: Expiration.toISOString(),
  }
}
