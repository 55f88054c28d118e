import type { Explanation, Refused } from '../service/call'

/** What to do, by the code of S3. */
export const s3Advice: Readonly<Record<string, string>> = {
  NoSuchBucket: 'Check bucket and region.',
  NoSuchKey: 'Check key: the bucket has no such object.',
  AccessDenied: 'Give the role or user of `login` s3:GetObject on the object, and kms:Decrypt on its key.',
  PermanentRedirect: 'The bucket is in another region.',
  AuthorizationHeaderMalformed: 'The bucket is in another region.',
  ExpiredToken: 'The credentials of `login` have expired: open them anew.',
  InvalidAccessKeyId: 'AWS does not know the access key of `login`.',
  SignatureDoesNotMatch: 'The secret access key of `login` does not fit its access key id.',
}

/** S3 tells errors in XML; only its code is taken. */
export function explainS3({ text }: Refused): Explanation | undefined {
  const [, code] = /<Code>(\w+)<\/Code>/.exec(text) ?? []
  if (code === undefined) return undefined
  return {
    code,
    answer: 'Amazon S3 refused the read',
    advice: s3Advice[code] ?? 'Check the login and the place.',
  }
}
