/** An OpenID Connect issuer under a test's control: good tokens, bad tokens, broken key sets. */
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** What the issuer publishes; a test may change it at any time. */
export interface Publication {
  discovery: { status: number; body: unknown }
  jwks: { status: number; body: unknown }
}

export interface TestIssuer {
  /** `http://127.0.0.1:PORT/oidc`, or https when a certificate was given. */
  issuer: string
  published: Publication
  /** A token that is good for the audience and subject unless claims or key say otherwise. */
  token(options?: TokenOptions): Promise<string>
  stop(): Promise<void>
}

export interface TokenOptions {
  /** Replaces or adds; undefined removes. */
  claims?: JWTPayload
  header?: { alg?: string; kid?: string }
  /** `forged` signs with a key that was never published. */
  signedBy?: 'published' | 'forged'
}

const alg = 'RS256'
const kid = 'test-key'

export async function startTestIssuer(tls?: { key: string; cert: string }): Promise<TestIssuer> {
  const keys = { published: await generateKeyPair(alg), forged: await generateKeyPair(alg) }
  const published: Publication = { discovery: { status: 200, body: {} }, jwks: { status: 200, body: {} } }
  const answer: http.RequestListener = (request, response) => {
    const { status, body } = request.url?.endsWith('/jwks') ? published.jwks : published.discovery
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  const server = tls ? https.createServer(tls, answer) : http.createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const issuer = tls ? `https://localhost:${port}/oidc` : `http://127.0.0.1:${port}/oidc`
  published.discovery.body = { issuer, jwks_uri: `${issuer}/.well-known/jwks` }
  published.jwks.body = { keys: [{ ...(await exportJWK(keys.published.publicKey)), alg, kid, use: 'sig' }] }

  return {
    issuer,
    published,
    token: ({ claims = {}, header = {}, signedBy = 'published' } = {}) =>
      new SignJWT({ ...standardClaims(issuer), ...claims })
        .setProtectedHeader({ alg, kid, ...header })
        .sign(keys[signedBy].privateKey),
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function standardClaims(issuer: string): JWTPayload {
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: issuer,
    aud: 'aws:acme',
    sub: 'pulumi:environments:org:acme:env:shop/dev',
    iat: now,
    nbf: now,
    exp: now + 3600,
  }
}
