import http from 'node:http'
import https from 'node:https'
import { importJWK, type JWK } from 'jose'
import { z } from 'zod'
import { AwsFault, invalidIdentityToken } from '../fault'

/** How issuers may be reached. */
export interface IssuerAccess {
  ca: string | undefined
  loopbackHttp: 'accepted' | 'refused'
}

const discoverySchema = z.looseObject({ issuer: z.string(), jwks_uri: z.url() })
const jwksSchema = z.looseObject({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })),
})

const deadlineMilliseconds = 5000

function keyUnavailable(): AwsFault {
  // The two blanks are AWS's own.
  return invalidIdentityToken(
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
  )
}

/** Checks 6 and 6b: fetches discovery and key set anew, as a verifier with a cold cache would, and picks the key. */
export async function fetchKey(
  issuer: string,
  { alg, kid }: { alg: string; kid?: string | undefined },
  access: IssuerAccess,
) {
  const signal = AbortSignal.timeout(deadlineMilliseconds)
  const discovery = discoverySchema.safeParse(
    await fetchJson(`${issuer}/.well-known/openid-configuration`, access, signal),
  )
  if (!discovery.success || discovery.data.issuer !== issuer) throw keyUnavailable()
  const jwks = jwksSchema.safeParse(await fetchJson(discovery.data.jwks_uri, access, signal))
  const key = jwks.data?.keys.find((each) => each.kid !== undefined && each.kid === kid)
  if (!key) throw keyUnavailable()
  return await importJWK(key satisfies JWK, alg).catch(() => {
    throw keyUnavailable()
  })
}

async function fetchJson(url: string, access: IssuerAccess, signal: AbortSignal): Promise<unknown> {
  if (!reachable(new URL(url), access)) throw keyUnavailable()
  const { status, body } = await get(url, access, signal).catch(() => {
    throw keyUnavailable()
  })
  if (status >= 500) {
    throw new AwsFault(
      'IDPCommunicationError',
      400,
      'An error occurred when communicating with the identity provider',
    )
  }
  if (status !== 200) throw keyUnavailable()
  try {
    return JSON.parse(body)
  } catch {
    throw keyUnavailable()
  }
}

function reachable({ protocol, hostname }: URL, { loopbackHttp }: IssuerAccess): boolean {
  if (protocol === 'https:') return true
  const loopback = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return protocol === 'http:' && loopback && loopbackHttp === 'accepted'
}

// Not fetch: it cannot be given a certificate authority, and it follows redirects and environment proxies.
function get(
  url: string,
  { ca }: IssuerAccess,
  signal: AbortSignal,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const answered = (response: http.IncomingMessage) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      response.on('error', reject)
    }
    const request = url.startsWith('https:')
      ? https.get(url, { signal, ca, agent: false }, answered)
      : http.get(url, { signal, agent: false }, answered)
    request.on('error', reject)
  })
}
