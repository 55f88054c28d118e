/** Turns what AWS services answer into what a person has to change. */
import { ProviderFailure } from '../failure'

const advice: Record<string, string> = {
  AccessDenied: 'Give the role or user of `login` the permission that the message names.',
  AccessDeniedException:
    'Give the role or user of `login` the permission that the message names, also on the KMS key.',
  ExpiredToken: 'The credentials of `login` have expired: open them anew.',
  ExpiredTokenException: 'The credentials of `login` have expired: open them anew.',
  InvalidClientTokenId: 'AWS does not know the access key of `login`.',
  UnrecognizedClientException:
    'AWS does not know the access key of `login`, or its session token is missing.',
  InvalidSignatureException: 'The secret access key of `login` does not fit its access key id.',
  SignatureDoesNotMatch: 'The secret access key of `login` does not fit its access key id.',
  ResourceNotFoundException: 'Check the name, the region and the account.',
  ParameterNotFound: 'Check the name, the region and the account.',
  ParameterVersionNotFound: 'Check the version or label after the colon in the name.',
  InvalidRequestException: 'The secret cannot be read in its state; perhaps it is scheduled for deletion.',
  InvalidParameterException: 'Check secretId, versionId and versionStage.',
  DecryptionFailure: 'Allow the login to use the KMS key, and check that the key is enabled.',
  InvalidKeyId: 'Allow the login to use the KMS key, and check that the key is enabled.',
  NoSuchEntity: 'Check userArn: IAM has no such user or key.',
  NoSuchEntityException: 'Check userArn: IAM has no such user or key.',
  LimitExceeded: 'The user has as many access keys as IAM allows. Delete one that is not in use.',
  LimitExceededException: 'The user has as many access keys as IAM allows. Delete one that is not in use.',
  ThrottlingException: 'AWS limits the rate of calls. Open again later, or read fewer values at once.',
  TooManyRequestsException: 'AWS limits the rate of calls. Open again later, or read fewer values at once.',
}

const unreachable = 'Check the region, and that this server can reach AWS there.'

/** Which of several reads failed. */
export interface AwsRead {
  provider: string
  /** The name that the value would have got. */
  name: string
  /** As AWS knows it: a name or an ARN. */
  what: string
}

/** {@link explainAwsError} for one of several reads, which it names. */
export function explainAwsRead({ provider, name, what }: AwsRead, error: unknown): ProviderFailure {
  const { code, answer, advice } = explainAwsError(provider, error).refusal
  return new ProviderFailure({ provider, code, answer: `"${name}" (${what}): ${answer}`, advice })
}

/** Faults of our side of the call quote nothing; those that AWS names are shown in its words, which hold no secret. */
export function explainAwsError(provider: string, error: unknown): ProviderFailure {
  const code = error instanceof Error ? error.name : ''
  const known = advice[code]
  const message = known !== undefined && error instanceof Error ? error.message.replace(/\.$/, '') : ''
  const answer = message === '' || message === 'UnknownError' ? fallback(known) : message
  return new ProviderFailure({
    provider,
    code: known === undefined ? 'Unavailable' : code,
    answer,
    advice: known ?? unreachable,
  })
}

/** Some faults, such as a parameter that is not there, come without words. */
function fallback(known: string | undefined): string {
  return known === undefined ? 'AWS did not answer' : 'AWS refused the call'
}
