import type { IAMClient } from '@aws-sdk/client-iam'
import { explainAwsError } from '@/lib/providers/aws/explain'
import { ProviderFailure } from '@/lib/providers/failure'

interface User {
  client: IAMClient
  userName: string
}

/** Loaded when it is needed: few installations ever do, and all would hold it in memory. */
export const sdk = () => import('@aws-sdk/client-iam')

/** @returns ids. @throws ProviderFailure */
export async function listKeys({ client, userName }: User, abortSignal: AbortSignal): Promise<string[]> {
  const { ListAccessKeysCommand } = await sdk()
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
  const { DeleteAccessKeyCommand } = await sdk()
  const command = new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId })
  await client.send(command, { abortSignal }).catch((error: unknown) => {
    if (error instanceof Error && error.name.startsWith('NoSuchEntity')) return
    throw explainAwsError('aws-iam', error)
  })
}

/** @throws ProviderFailure */
export async function createKey({ client, userName }: User, abortSignal: AbortSignal) {
  const { CreateAccessKeyCommand } = await sdk()
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
