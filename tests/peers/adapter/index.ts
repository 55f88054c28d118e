/** An adapter of the protocol of `external`, as the documentation tells its author to write it. */
import { createHash } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { bearerOf, type Double, type DoubleAnswer, type DoubleRequest, startDouble } from '../double'

export interface AdapterOptions {
  issuer: string
  /** Its own address, as callers write it. */
  url: string
  organization: string
  answer(body: unknown): DoubleAnswer
}

/** Verifies the token and its binding to the body, refuses a repeated token, then answers. */
export function startAdapter({ issuer, url, organization, answer }: AdapterOptions): Promise<Double> {
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks`))
  const seen = new Set<string>()
  return startDouble(async (request: DoubleRequest) => {
    const options = { issuer, audience: url, algorithms: ['RS256'] }
    const verified = await jwtVerify(bearerOf(request) ?? '', keys, options).catch(() => undefined)
    if (!verified) return { status: 401, body: 'the token is not good' }
    const { payload } = verified
    if (payload.org !== organization) return { status: 403, body: 'another organization' }
    const hash = createHash('sha256').update(request.body).digest('base64')
    if (payload.body_hash !== `sha256-${hash}`) return { status: 400, body: 'another body' }
    if (payload.jti === undefined || seen.has(payload.jti)) return { status: 409, body: 'a repeated token' }
    const answered = answer(JSON.parse(request.body))
    if (answered.status === 200) seen.add(payload.jti)
    return answered
  })
}
