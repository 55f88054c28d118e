import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import type { ExternalValue } from '@/lib/language'
import { explainS3 } from '../aws/explain-s3'
import type { AwsLogin } from '../aws/login'
import { type CallContext, callService } from '../service/call'
import { serviceUrl } from '../service/endpoint'
import { outputsOf, provider, stateFile, stateLimits } from './state'

export interface S3Place {
  login: AwsLogin
  bucket: string
  key: string
  region: string
}

/** One signed read. @throws ProviderFailure with the code of S3 */
export async function s3State(
  { login, bucket, key, region }: S3Place,
  context: CallContext,
): Promise<Record<string, ExternalValue>> {
  const url = serviceUrl(`https://s3.${region}.amazonaws.com`, [bucket, ...key.split('/')])
  const state = await callService({
    provider,
    service: 'Amazon S3',
    url,
    headers: await signedHeaders(url, login, region),
    answer: stateFile,
    explain: explainS3,
    secrets: [login.secretAccessKey, login.sessionToken ?? ''],
    context,
    ...stateLimits,
  })
  return outputsOf(state)
}

async function signedHeaders(url: URL, login: AwsLogin, region: string): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = login
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    region,
    service: 's3',
    sha256: Sha256,
    // S3 alone signs the path as it is sent.
    uriEscapePath: false,
  })
  const { headers } = await signer.sign({
    method: 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { host: url.host },
  })
  return headers
}
