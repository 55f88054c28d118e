/** T10: what a provider's ID token must say before somebody is signed in by it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Forgery, type ForgingProvider, startForgingProvider } from '../peers/forging-provider'
import { type OpenEsc, startOpenEsc } from '../peers/openesc'
import { type BrowserSession, browserSession } from '../support/browser-session'
import { comeBack, toProvider } from '../support/single-sign-on'

const page = '/account/tokens'
const now = Math.floor(Date.now() / 1000)

let server: OpenEsc
let provider: ForgingProvider

beforeAll(async () => {
  provider = await startForgingProvider()
  server = await startOpenEsc({
    env: {
      OPENESC_OIDC_ISSUER: provider.issuer,
      OPENESC_OIDC_CLIENT_ID: provider.clientId,
      OPENESC_OIDC_CLIENT_SECRET: provider.clientSecret,
    },
  })
  const { email, password } = server.administrator
  provider.person = { sub: 'ada', email, email_verified: true }
  const owner = browserSession(server.url)
  await owner.signIn(email, password)
  await signOn(owner, {})
}, 120_000)

afterAll(async () => {
  await server?.stop()
  await provider?.stop()
})

async function signOn(browser: BrowserSession, forgery: Forgery): Promise<number> {
  provider.forgery = forgery
  const { url } = server
  const way = await toProvider({
    browser,
    url,
    provider: { id: 'oidc', issuer: provider.issuer },
    callbackUrl: page,
  })
  await comeBack({ browser, url }, way)
  return (await browser.fetch(page)).status
}

const forgeries: Record<string, Forgery> = {
  'for another client': { claims: { aud: 'somebody-else' } },
  'for several, asked for by another': {
    claims: { aud: ['openesc', 'somebody-else'], azp: 'somebody-else' },
  },
  'for several, asked for by nobody': { claims: { aud: ['openesc', 'somebody-else'] } },
  'with the nonce of another request': { claims: { nonce: 'x'.repeat(43) } },
  'without a nonce': { claims: { nonce: undefined } },
  'of another issuer': { claims: { iss: 'https://login.example.com' } },
  'that has expired': { claims: { exp: now - 3600 } },
  'without an expiry': { claims: { exp: undefined } },
  'without a subject': { claims: { sub: undefined } },
  'signed by a key that nobody published': { signedBy: 'forged' },
}

describe('T10: an ID token', () => {
  it.each(Object.entries(forgeries))('%s signs nobody in', async (_, forgery) => {
    expect(await signOn(browserSession(server.url), forgery)).not.toBe(200)
  })

  it('that is as it should be does (the twin)', async () => {
    expect(await signOn(browserSession(server.url), {})).toBe(200)
    const asked = { claims: { aud: ['openesc', 'somebody-else'], azp: 'openesc' } }
    expect(await signOn(browserSession(server.url), asked)).toBe(200)
  })
})
