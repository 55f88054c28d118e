import { randomUUID } from 'node:crypto'
import type { AwsFault } from './fault'
import { element, type XmlContent } from './xml'

/** A finished HTTP answer. */
export interface Answer {
  status: number
  contentType: string
  body: string
}

const stsNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/'
const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** `<ActionResponse><ActionResult>…`, the query protocol's success. */
export function stsSuccess(action: string, result: XmlContent): Answer {
  const body = element(
    `${action}Response`,
    { [`${action}Result`]: result, ResponseMetadata: { RequestId: randomUUID() } },
    stsNamespace,
  )
  return { status: 200, contentType: 'text/xml', body }
}

/** The query protocol's error. */
export function stsFailure(fault: AwsFault): Answer {
  const body = element(
    'ErrorResponse',
    { Error: { Type: 'Sender', Code: fault.code, Message: fault.message }, RequestId: randomUUID() },
    stsNamespace,
  )
  return { status: fault.status, contentType: 'text/xml', body }
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
