import { timingSafeEqual } from 'node:crypto'
import type { Account, Credentials } from '../account'
import { AwsFault } from '../fault'
import type { AwsRequest } from '../request'
import type { Service } from '../types'
import { type Authorization, parseAuthorization } from './authorization'
import { authenticationFault } from './faults'
import { expectedSignature, sha256 } from './signature'

const acceptedSkewMilliseconds = 15 * 60 * 1000

/** Whoever signed the request: signature, payload hash, session token, clock and expiry have been verified. */
export function authenticate(request: AwsRequest, account: Account, service: Service): Credentials {
  const header = request.headers.authorization
  if (header === undefined) throw authenticationFault(service, 'unsigned')
  const authorization = parseAuthorization(header)
  if (!authorization || !signsEnough(request, authorization, service)) {
    throw authenticationFault(service, 'malformed')
  }
  const credentials = account.credentials(authorization.accessKeyId)
  if (!credentials) throw authenticationFault(service, 'unknownKey')
  checkSessionToken(request, credentials, service)
  checkClock(request, authorization, service)
  checkSignature(request, authorization, credentials, service)
  if (credentials.session && credentials.session.expires <= new Date()) {
    throw authenticationFault(service, 'expired')
  }
  return credentials
}

/** {@link authenticate}, and whether this user may use the action: everything but what is denied. */
export function authorize(
  request: AwsRequest,
  account: Account,
  { service, action }: { service: Service; action: string },
): Credentials {
  const credentials = authenticate(request, account, service)
  const denied = credentials.user === undefined ? [] : (account.user(credentials.user)?.denied ?? [])
  if (credentials.status !== 'Inactive' && !denied.includes(`${service}:${action}`)) return credentials
  const code = service === 'iam' ? 'AccessDenied' : 'AccessDeniedException'
  const status = service === 'iam' ? 403 : 400
  throw new AwsFault(
    code,
    status,
    `User: ${credentials.arn} is not authorized to perform: ${service}:${action}`,
  )
}

/** Host, date and a session token must be covered by the signature, or they could be swapped. */
function signsEnough({ headers }: AwsRequest, { service, signedHeaders }: Authorization, expected: Service) {
  const required = [
    'host',
    'x-amz-date',
    ...(headers['x-amz-security-token'] ? ['x-amz-security-token'] : []),
  ]
  return service === expected && required.every((name) => signedHeaders.includes(name))
}

function checkSessionToken({ headers }: AwsRequest, { session }: Credentials, service: Service): void {
  if ((headers['x-amz-security-token'] ?? '') !== (session?.token ?? '')) {
    throw authenticationFault(service, 'invalidToken')
  }
}

function checkClock({ headers }: AwsRequest, { date }: Authorization, service: Service): void {
  const stamp = headers['x-amz-date'] ?? ''
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? []
  const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (!stamp.startsWith(date) || Number.isNaN(signed)) throw authenticationFault(service, 'malformed')
  if (Math.abs(Date.now() - signed) > acceptedSkewMilliseconds) throw authenticationFault(service, 'skewed')
}

function checkSignature(
  request: AwsRequest,
  authorization: Authorization,
  { secretAccessKey }: Credentials,
  service: Service,
): void {
  const expected = Buffer.from(expectedSignature(request, authorization, secretAccessKey), 'hex')
  if (!timingSafeEqual(expected, Buffer.from(authorization.signature, 'hex'))) {
    throw authenticationFault(service, 'signature')
  }
  const declared = request.headers['x-amz-content-sha256']
  if (declared !== undefined && declared !== 'UNSIGNED-PAYLOAD' && declared !== sha256(request.body)) {
    throw authenticationFault(service, 'payload')
  }
}
