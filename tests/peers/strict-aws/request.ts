import type { IncomingMessage } from 'node:http'

/** A request read whole. */
export interface AwsRequest {
  method: string
  /** Path as sent, still percent-encoded. */
  path: string
  query: URLSearchParams
  /** Lower-cased names. */
  headers: Record<string, string>
  body: Buffer
  /** Query and form parameters together, as the query protocol reads them. */
  parameters: Record<string, string>
}

export async function readRequest(message: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks)
  const [path = '/', search = ''] = (message.url ?? '/').split('?', 2)
  const query = new URLSearchParams(search)
  const headers = headersOf(message)
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    ? new URLSearchParams(body.toString('utf8'))
    : new URLSearchParams()
  const parameters = { ...Object.fromEntries(query), ...Object.fromEntries(form) }
  return { method: message.method ?? 'GET', path, query, headers, body, parameters }
}

function headersOf(message: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(message.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value] as const],
  )
  return Object.fromEntries(pairs)
}
