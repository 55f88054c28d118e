import type { Account } from './account'
import { type Answer, s3Failure, stsFailure } from './answers'
import { AwsFault } from './fault'
import type { AwsRequest } from './request'
import { listBuckets } from './s3/list-buckets'
import { assumeRole } from './sts/assume-role'
import { assumeRoleWithWebIdentity } from './sts/assume-role-with-web-identity'
import { getCallerIdentity } from './sts/get-caller-identity'
import type { IssuerAccess } from './token/keys'
import type { RecordedRequest } from './types'

export interface Handled {
  answer: Answer
  record: RecordedRequest
}

/** Finds the action, runs it, and turns a fault into the error document of its service. */
export async function handle(request: AwsRequest, account: Account, access: IssuerAccess): Promise<Handled> {
  const service = request.parameters.Action === undefined ? 's3' : 'sts'
  const action = request.parameters.Action ?? s3Action(request)
  const record = {
    service,
    action,
    host: request.headers.host ?? '',
    parameters: request.parameters,
  } as const
  try {
    const answer =
      service === 'sts' ? await sts(action, request, account, access) : s3(action, request, account)
    return { answer, record: { ...record, status: answer.status } }
  } catch (error) {
    const fault = error instanceof AwsFault ? error : new AwsFault('InternalFailure', 500, String(error))
    const answer = service === 'sts' ? stsFailure(fault) : s3Failure(fault)
    return { answer, record: { ...record, status: fault.status, code: fault.code } }
  }
}

async function sts(
  action: string,
  request: AwsRequest,
  account: Account,
  access: IssuerAccess,
): Promise<Answer> {
  switch (action) {
    case 'AssumeRoleWithWebIdentity':
      return await assumeRoleWithWebIdentity(request, account, access)
    case 'AssumeRole':
      return assumeRole(request, account)
    case 'GetCallerIdentity':
      return getCallerIdentity(request, account)
    default:
      throw new AwsFault('InvalidAction', 400, `Could not find operation ${action} for version 2011-06-15`)
  }
}

// Only the service's root lists buckets; clients add query parameters such as `x-id` to it.
function s3Action({ method, path }: AwsRequest): string {
  return method === 'GET' && path === '/' ? 'ListBuckets' : `${method} ${path}`
}

function s3(action: string, request: AwsRequest, account: Account): Answer {
  if (action === 'ListBuckets') return listBuckets(request, account)
  throw new AwsFault('NotImplemented', 501, `strict-aws does not implement ${action}`)
}
