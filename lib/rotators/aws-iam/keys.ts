import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  type IAMClient,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam'
import { explainAwsError } from '@/lib/providers/aws/explain'
import { ProviderFailure } from '@/lib/providers/failure'

interface User {
  client: IAMClient
  userName: string
}

/** @returns ids. @throws ProviderFailure */
export async function listKeys({ client, userName }: User, abortSignal: AbortSignal): Promise<string[]> {
  const command = new ListAccessKeysCommand({ UserName: userName })
  const { AccessKeyMetadata = [] } = await client.send(command, { abortSignal }).catch(explained)
  return AccessKeyMetadata.flatMap(({ AccessKeyId }) => AccessKeyId ?? [])
}

/** A key that is gone already is as good as deleted. @throws ProviderFailure */
export async function deleteKey(
  { client, userName }: User,
  AccessKeyId: string,
  abortSignal: AbortSignal,
): Promise<void> {
  const command = new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId })
  await client.send(command, { abortSignal }).catch((error: unknown) => {
    if (error instanceof Error && error.name.startsWith('NoSuchEntity')) return
    throw explainAwsError('aws-iam', error)
  })
}

/** @throws ProviderFailure */
export async function createKey({ client, userName }: User, abortSignal: AbortSignal) {
  const command = new CreateAccessKeyCommand({ UserName: userName })
  const { AccessKey } = await client.send(command, { abortSignal }).catch(explained)
  const { AccessKeyId, SecretAccessKey, CreateDate } = AccessKey ?? {}
  if (!AccessKeyId || !SecretAccessKey) {
    throw new ProviderFailure({
      provider: 'aws-iam',
      code: 'InvalidResponse',
      answer: 'IAM answered without a key',
      advice: 'Rotate again.',
    })
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    createdAt: (CreateDate ?? new Date()).toISOString(),
  }
}

function explained(error: unknown): never {
  throw explainAwsError('aws-iam', error)
}
