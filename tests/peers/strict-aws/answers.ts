import { randomUUID } from 'node:crypto'
import type { AwsFault } from './fault'
import { element, type XmlContent } from './xml'

/** A finished HTTP answer. */
export interface Answer {
  status: number
  contentType: string
  headers?: Record<string, string>
  body: string
}

const namespaces = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
}
const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** `<ActionResponse><ActionResult>…`, the query protocol's success. */
export function querySuccess(service: 'sts' | 'iam', action: string, result?: XmlContent): Answer {
  const body = element(
    `${action}Response`,
    {
      ...(result !== undefined && { [`${action}Result`]: result }),
      ResponseMetadata: { RequestId: randomUUID() },
    },
    namespaces[service],
  )
  return { status: 200, contentType: 'text/xml', body }
}

export function stsSuccess(action: string, result: XmlContent): Answer {
  return querySuccess('sts', action, result)
}

/** The query protocol's error. */
export function queryFailure(service: 'sts' | 'iam', fault: AwsFault): Answer {
  const body = element(
    'ErrorResponse',
    { Error: { Type: 'Sender', Code: fault.code, Message: fault.message }, RequestId: randomUUID() },
    namespaces[service],
  )
  return { status: fault.status, contentType: 'text/xml', body }
}

const json = 'application/x-amz-json-1.1'

export function jsonSuccess(content: unknown): Answer {
  return { status: 200, contentType: json, body: JSON.stringify(content) }
}

/** The JSON protocol's error. */
export function jsonFailure(fault: AwsFault): Answer {
  const body = JSON.stringify({ __type: fault.code, message: fault.message })
  return { status: fault.status, contentType: json, body }
}

export function s3Success(root: string, content: XmlContent): Answer {
  return {
    status: 200,
    contentType: 'application/xml',
    body: declaration + element(root, content, s3Namespace),
  }
}

/** S3's error: no namespace and no enclosing response element. */
export function s3Failure(fault: AwsFault): Answer {
  const content = {
    Code: fault.code,
    Message: fault.message,
    RequestId: randomUUID().slice(0, 16).toUpperCase(),
    HostId: randomUUID(),
  }
  return {
    status: fault.status,
    contentType: 'application/xml',
    body: declaration + element('Error', content),
  }
}
