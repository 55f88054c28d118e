import type { Account } from './account'
import { type Answer, jsonFailure, queryFailure, s3Failure } from './answers'
import { AwsFault } from './fault'
import { iam } from './iam/access-keys'
import { invocationPath, invoke } from './lambda/invoke'
import type { AwsRequest } from './request'
import { getObject } from './s3/get-object'
import { listBuckets } from './s3/list-buckets'
import { secretsManager } from './secretsmanager/get-secret-value'
import { ssm } from './ssm/parameters'
import { assumeRole } from './sts/assume-role'
import { assumeRoleWithWebIdentity } from './sts/assume-role-with-web-identity'
import { getCallerIdentity } from './sts/get-caller-identity'
import type { IssuerAccess } from './token/keys'
import type { RecordedRequest, Service } from './types'

export interface Handled {
  answer: Answer
  record: RecordedRequest
}

interface Call {
  service: Service
  action: string
}

/** Finds the action, runs it, and turns a fault into the error document of its service. */
export async function handle(request: AwsRequest, account: Account, access: IssuerAccess): Promise<Handled> {
  const call = callOf(request)
  const record = { ...call, host: request.headers.host ?? '', parameters: request.parameters }
  try {
    const answer = await run(call, request, { account, access })
    return { answer, record: { ...record, status: answer.status } }
  } catch (error) {
    const fault = error instanceof AwsFault ? error : new AwsFault('InternalFailure', 500, String(error))
    return { answer: failure(call, fault), record: { ...record, status: fault.status, code: fault.code } }
  }
}

function callOf({ headers, parameters, method, path }: AwsRequest): Call {
  const [target, action] = headers['x-amz-target']?.split('.') ?? []
  if (target === 'AmazonSSM' && action) return { service: 'ssm', action }
  if (target === 'secretsmanager' && action) return { service: 'secretsmanager', action }
  if (invocationPath.test(path)) return { service: 'lambda', action: 'Invoke' }
  const { Action, Version } = parameters
  if (Action !== undefined) return { service: Version === '2010-05-08' ? 'iam' : 'sts', action: Action }
  // Only the service's root lists buckets; clients add query parameters such as `x-id` to it.
  if (method === 'GET') return { service: 's3', action: path === '/' ? 'ListBuckets' : 'GetObject' }
  return { service: 's3', action: `${method} ${path}` }
}

function run(
  { service, action }: Call,
  request: AwsRequest,
  { account, access }: { account: Account; access: IssuerAccess },
): Answer | Promise<Answer> {
  switch (service) {
    case 'sts':
      return sts(action, request, { account, access })
    case 'iam':
      return iam(action, request, account)
    case 'ssm':
      return ssm(action, request, account)
    case 'secretsmanager':
      return secretsManager(action, request, account)
    case 'lambda':
      return invoke(request, account)
    case 's3':
      return s3(action, request, account)
  }
}

function sts(
  action: string,
  request: AwsRequest,
  { account, access }: { account: Account; access: IssuerAccess },
): Answer | Promise<Answer> {
  switch (action) {
    case 'AssumeRoleWithWebIdentity':
      return assumeRoleWithWebIdentity(request, account, access)
    case 'AssumeRole':
      return assumeRole(request, account)
    case 'GetCallerIdentity':
      return getCallerIdentity(request, account)
    default:
      throw new AwsFault('InvalidAction', 400, `Could not find operation ${action} for version 2011-06-15`)
  }
}

function s3(action: string, request: AwsRequest, account: Account): Answer {
  if (action === 'ListBuckets') return listBuckets(request, account)
  if (action === 'GetObject') return getObject(request, account)
  throw new AwsFault('NotImplemented', 501, `strict-aws does not implement ${action}`)
}

function failure({ service }: Call, fault: AwsFault): Answer {
  if (service === 's3') return s3Failure(fault)
  return service === 'sts' || service === 'iam' ? queryFailure(service, fault) : jsonFailure(fault)
}
