import type { Account } from '../account'
import type { Answer } from '../answers'
import { AwsFault } from '../fault'
import type { AwsRequest } from '../request'
import { authenticate } from '../sigv4/authenticate'

/** One object by its path, `/bucket/key`. */
export function getObject(request: AwsRequest, account: Account): Answer {
  authenticate(request, account, 's3')
  const [bucket = '', ...key] = request.path.slice(1).split('/').map(decodeURIComponent)
  if (!account.buckets.includes(bucket)) {
    throw new AwsFault('NoSuchBucket', 404, 'The specified bucket does not exist')
  }
  const body = account.objects[`${bucket}/${key.join('/')}`]
  if (body === undefined) throw new AwsFault('NoSuchKey', 404, 'The specified key does not exist.')
  return { status: 200, contentType: 'binary/octet-stream', body }
}
