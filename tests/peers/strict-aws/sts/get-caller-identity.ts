import type { Account } from '../account'
import { type Answer, stsSuccess } from '../answers'
import type { AwsRequest } from '../request'
import { authenticate } from '../sigv4/authenticate'

export function getCallerIdentity(request: AwsRequest, account: Account): Answer {
  const { arn, userId } = authenticate(request, account, 'sts')
  return stsSuccess('GetCallerIdentity', { Arn: arn, UserId: userId, Account: account.id })
}
