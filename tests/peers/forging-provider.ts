/** An OpenID Connect provider that lies on request: its ID tokens are as a test wants them, all else is in order. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** What is changed in the next ID token; undefined removes a claim. */
export interface Forgery {
  claims?: JWTPayload
  /** `forged` signs with a key that was never published. */
  signedBy?: 'published' | 'forged'
}

export interface ForgingProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** The claims of a good token, beside those that tie it to the request. */
  person: JWTPayload
  forgery: Forgery
  stop(): Promise<void>
}

const alg = 'RS256'
const kid = 'key'
const clientId = 'openesc'

export async function startForgingProvider(): Promise<ForgingProvider> {
  const keys = { published: await generateKeyPair(alg), forged: await generateKeyPair(alg) }
  const jwks = { keys: [{ ...(await exportJWK(keys.published.publicKey)), alg, kid, use: 'sig' }] }
  const nonces = new Map<string, string>()
  const state: Pick<ForgingProvider, 'person' | 'forgery'> = { person: { sub: 'nobody' }, forgery: {} }
  const server = http.createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
    if (pathname === '/authorize') return sendBack(response, searchParams)
    const json = pathname === '/token' ? await tokens(await bodyOf(request)) : documents[pathname]
    response.writeHead(json === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(json ?? {}))
  }

  const documents: Record<string, unknown> = {
    '/jwks': jwks,
    '/.well-known/openid-configuration': {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [alg],
    },
  }

  function sendBack(response: ServerResponse, asked: URLSearchParams): void {
    const code = `code-${nonces.size}`
    nonces.set(code, asked.get('nonce') ?? '')
    const back = new URL(asked.get('redirect_uri') ?? issuer)
    back.search = new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString()
    response.writeHead(302, { location: back.href }).end()
  }

  async function tokens(body: URLSearchParams): Promise<object> {
    const { claims = {}, signedBy = 'published' } = state.forgery
    const now = Math.floor(Date.now() / 1000)
    const nonce = nonces.get(body.get('code') ?? '') ?? ''
    const good = { iss: issuer, aud: clientId, iat: now, exp: now + 300, nonce, ...state.person }
    const idToken = await new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg, kid })
      .sign(keys[signedBy].privateKey)
    return { access_token: 'x', token_type: 'Bearer', expires_in: 300, id_token: idToken }
  }

  return Object.assign(state, {
    issuer,
    clientId,
    clientSecret: 'a secret that only tests know',
    stop: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return new URLSearchParams(text)
}
