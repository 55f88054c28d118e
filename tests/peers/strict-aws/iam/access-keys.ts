/** Access keys of users: at most two each, the secret told once. */
import type { Account, Credentials } from '../account'
import { type Answer, querySuccess } from '../answers'
import { AwsFault, validationError } from '../fault'
import type { AwsRequest } from '../request'
import { authorize } from '../sigv4/authenticate'

const quota = 2

export function iam(action: string, request: AwsRequest, account: Account): Answer {
  authorize(request, account, { service: 'iam', action })
  const user = request.parameters.UserName ?? ''
  if (!account.user(user)) {
    throw new AwsFault('NoSuchEntity', 404, `The user with name ${user} cannot be found.`)
  }
  const answer = (result?: Parameters<typeof querySuccess>[2]) => querySuccess('iam', action, result)
  switch (action) {
    case 'GetUser':
      return answer({ User: { UserName: user, Arn: `arn:aws:iam::${account.id}:user/${user}`, Path: '/' } })
    case 'ListAccessKeys': {
      const member = account.keysOf(user).map((key) => metadata(user, key))
      return answer({ AccessKeyMetadata: { member }, IsTruncated: 'false' })
    }
    case 'CreateAccessKey':
      return answer({ AccessKey: createKey(account, user) })
    case 'DeleteAccessKey':
      account.deleteKey(keyOf(request, account, user).accessKeyId)
      return answer()
    case 'UpdateAccessKey':
      keyOf(request, account, user).status = statusOf(request)
      return answer()
    default:
      throw new AwsFault('InvalidAction', 400, `Could not find operation ${action} for version 2010-05-08`)
  }
}

function createKey(account: Account, user: string) {
  if (account.keysOf(user).length >= quota) {
    throw new AwsFault('LimitExceeded', 409, `Cannot exceed quota for AccessKeysPerUser: ${quota}`)
  }
  const key = account.createKey(user)
  return { ...metadata(user, key), SecretAccessKey: key.secretAccessKey }
}

function keyOf({ parameters }: AwsRequest, account: Account, user: string): Credentials {
  const id = parameters.AccessKeyId ?? ''
  const key = account.keysOf(user).find(({ accessKeyId }) => accessKeyId === id)
  if (!key) throw new AwsFault('NoSuchEntity', 404, `The Access Key with id ${id} cannot be found.`)
  return key
}

function statusOf({ parameters }: AwsRequest): 'Active' | 'Inactive' {
  const { Status } = parameters
  if (Status === 'Active' || Status === 'Inactive') return Status
  throw validationError(`Value '${Status}' at 'status' failed to satisfy constraint`)
}

function metadata(user: string, { accessKeyId, status, created }: Credentials) {
  const CreateDate = (created ?? new Date(0)).toISOString()
  return { UserName: user, AccessKeyId: accessKeyId, Status: status ?? 'Active', CreateDate }
}
