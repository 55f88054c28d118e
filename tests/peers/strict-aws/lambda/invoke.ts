/** Functions of the account, called and answered at once (Lambda's `RequestResponse`). */
import type { Account } from '../account'
import type { Answer } from '../answers'
import { AwsFault } from '../fault'
import type { AwsRequest } from '../request'
import { authorize } from '../sigv4/authenticate'

export const invocationPath = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/

export async function invoke(request: AwsRequest, account: Account): Promise<Answer> {
  authorize(request, account, { service: 'lambda', action: 'InvokeFunction' })
  const arn = decodeURIComponent(invocationPath.exec(request.path)?.[1] ?? '')
  const run = Object.hasOwn(account.functions, arn) ? account.functions[arn] : undefined
  if (!run) throw new AwsFault('ResourceNotFoundException', 404, `Function not found: ${arn}`)
  const kind = request.headers['x-amz-invocation-type'] ?? 'RequestResponse'
  if (kind !== 'RequestResponse') throw new AwsFault('InvalidParameterValueException', 400, kind)
  const answer = (body: unknown) => ({
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(body),
  })
  try {
    return answer(await run(JSON.parse(request.body.toString('utf8'))))
  } catch (error) {
    // What the function threw is its answer, told apart by a header alone.
    const failed = { errorType: 'Error', errorMessage: String(error) }
    return { ...answer(failed), headers: { 'x-amz-function-error': 'Unhandled' } }
  }
}
