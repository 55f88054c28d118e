import { OutgoingError } from './error'
import { type OutgoingRequest, sendRequest } from './request'

export type OutgoingOptions = Pick<OutgoingRequest, 'maxBytes' | 'timeoutMs' | 'thumbprints'>

/**
 * GET of a document that holds no secret.
 *
 * @returns the body as text
 * @throws OutgoingError, also for any status but 200
 */
export async function fetchText(url: URL, options: OutgoingOptions): Promise<string> {
  const { status, text } = await sendRequest({ url, plainHttp: 'allowed', ...options })
  if (status === 200) return text
  throw new OutgoingError('status', `The address answered with status ${status}.`)
}
