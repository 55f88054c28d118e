import type { Account } from '../account'
import { type Answer, s3Success } from '../answers'
import type { AwsRequest } from '../request'
import { authenticate } from '../sigv4/authenticate'

const creationDate = '2024-01-01T00:00:00.000Z'

export function listBuckets(request: AwsRequest, account: Account): Answer {
  authenticate(request, account, 's3')
  return s3Success('ListAllMyBucketsResult', {
    Owner: { ID: account.id.padEnd(64, '0') },
    Buckets: { Bucket: account.buckets.map((Name) => ({ Name, CreationDate: creationDate })) },
  })
}
