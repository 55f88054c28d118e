/** An `Authorization: AWS4-HMAC-SHA256 …` header taken apart. */
export interface Authorization {
  accessKeyId: string
  /** `YYYYMMDD/region/service/aws4_request` */
  scope: string
  date: string
  region: string
  service: string
  signedHeaders: string[]
  /** Hex. */
  signature: string
}

const shape =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/

/** Undefined when the header has another form. */
export function parseAuthorization(header: string): Authorization | undefined {
  const [, accessKeyId, date, region, service, names, signature] = shape.exec(header) ?? []
  if (!accessKeyId || !date || !region || !service || !names || !signature) return undefined
  const scope = `${date}/${region}/${service}/aws4_request`
  return { accessKeyId, scope, date, region, service, signedHeaders: names.split(';'), signature }
}
