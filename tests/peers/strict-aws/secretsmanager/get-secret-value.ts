/** Reading secrets: by name or ARN, by version or stage. */
import * as z from 'zod'
import type { Account } from '../account'
import { type Answer, jsonSuccess } from '../answers'
import { AwsFault } from '../fault'
import type { AwsRequest } from '../request'
import { authorize } from '../sigv4/authenticate'
import type { Secret } from '../types'

const input = z.object({
  SecretId: z.string(),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
})

export function secretsManager(action: string, request: AwsRequest, account: Account): Answer {
  authorize(request, account, { service: 'secretsmanager', action })
  if (action !== 'GetSecretValue') throw new AwsFault('UnknownOperationException', 400, '')
  const { SecretId, VersionId, VersionStage } = input.parse(JSON.parse(request.body.toString('utf8')))
  const secret = account.secrets.find((each) => each.name === SecretId || arnOf(account, each) === SecretId)
  if (!secret) {
    throw new AwsFault('ResourceNotFoundException', 400, "Secrets Manager can't find the specified secret.")
  }
  if (secret.deleted) {
    const message = "You can't perform this operation on the secret because it was marked for deletion."
    throw new AwsFault('InvalidRequestException', 400, message)
  }
  const stage = VersionStage ?? (VersionId === undefined ? 'AWSCURRENT' : undefined)
  const version = secret.versions.find(
    ({ id, stages }) =>
      (VersionId === undefined || id === VersionId) && (stage === undefined || stages.includes(stage)),
  )
  if (!version) {
    const what = stage === undefined ? `VersionId: ${VersionId}` : `staging label: ${stage}`
    const message = `Secrets Manager can't find the specified secret value for ${what}`
    throw new AwsFault('ResourceNotFoundException', 400, message)
  }
  return jsonSuccess({
    ARN: arnOf(account, secret),
    Name: secret.name,
    VersionId: version.id,
    VersionStages: version.stages,
    CreatedDate: 1_700_000_000,
    ...(version.text !== undefined && { SecretString: version.text }),
    ...(version.binary && { SecretBinary: Buffer.from(version.binary).toString('base64') }),
  })
}

function arnOf({ id }: Account, { name }: Secret): string {
  return `arn:aws:secretsmanager:us-east-1:${id}:secret:${name}-AbCdEf`
}
