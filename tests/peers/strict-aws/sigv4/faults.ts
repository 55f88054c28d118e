import { AwsFault } from '../fault'
import type { Service } from '../types'

type Reason =
  | 'unsigned'
  | 'malformed'
  | 'unknownKey'
  | 'invalidToken'
  | 'signature'
  | 'payload'
  | 'skewed'
  | 'expired'

type Answer = [code: string, status: number, message: string]

const signatureMismatch: Answer = [
  'SignatureDoesNotMatch',
  403,
  'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
]

const query: Record<Reason, Answer> = {
  unsigned: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  malformed: ['IncompleteSignature', 400, 'The request signature does not conform to AWS standards'],
  unknownKey: ['InvalidClientTokenId', 403, 'The security token included in the request is invalid.'],
  invalidToken: ['InvalidClientTokenId', 403, 'The security token included in the request is invalid'],
  signature: signatureMismatch,
  payload: signatureMismatch,
  skewed: ['SignatureDoesNotMatch', 403, 'Signature expired: the request was signed too long ago'],
  expired: ['ExpiredToken', 403, 'The security token included in the request is expired'],
}

const jsonMismatch: Answer = ['InvalidSignatureException', 400, signatureMismatch[2]]
const unrecognized: Answer = [
  'UnrecognizedClientException',
  400,
  'The security token included in the request is invalid.',
]

const json: Record<Reason, Answer> = {
  unsigned: ['MissingAuthenticationTokenException', 400, 'Missing Authentication Token'],
  malformed: ['IncompleteSignatureException', 400, 'The request signature does not conform to AWS standards'],
  unknownKey: unrecognized,
  invalidToken: unrecognized,
  signature: jsonMismatch,
  payload: jsonMismatch,
  skewed: ['InvalidSignatureException', 400, 'Signature expired: the request was signed too long ago'],
  expired: ['ExpiredTokenException', 400, 'The security token included in the request is expired'],
}

const answers: Record<Service, Record<Reason, Answer>> = {
  sts: query,
  iam: query,
  ssm: json,
  secretsmanager: json,
  lambda: json,
  s3: {
    unsigned: ['AccessDenied', 403, 'Access Denied'],
    malformed: [
      'AuthorizationHeaderMalformed',
      400,
      'The authorization header that you provided is not valid.',
    ],
    unknownKey: [
      'InvalidAccessKeyId',
      403,
      'The AWS Access Key Id you provided does not exist in our records.',
    ],
    invalidToken: ['InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'],
    signature: signatureMismatch,
    payload: [
      'XAmzContentSHA256Mismatch',
      400,
      'The provided x-amz-content-sha256 header does not match what was computed.',
    ],
    skewed: [
      'RequestTimeTooSkewed',
      403,
      'The difference between the request time and the current time is too large.',
    ],
    expired: ['ExpiredToken', 400, 'The provided token has expired.'],
  },
}

/** How the service says no to a request it cannot attribute to valid credentials. */
export function authenticationFault(service: Service, reason: Reason): AwsFault {
  return new AwsFault(...answers[service][reason])
}
