import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../peers/free-port'
import { type IdentityProvider, startIdentityProvider } from '../peers/identity-provider'
import { type OpenEsc, startOpenEsc } from '../peers/openesc'
import { type BrowserSession, browserSession } from '../support/browser-session'
import { comeBack as wayBack, toProvider as wayThere } from '../support/single-sign-on'

let server: OpenEsc
let provider: IdentityProvider
let second: IdentityProvider

beforeAll(async () => {
  const port = await freePort()
  const callback = `http://127.0.0.1:${port}/api/auth/callback`
  provider = await startIdentityProvider(`${callback}/oidc`)
  second = await startIdentityProvider(`${callback}/oidc-second`)
  server = await startOpenEsc({
    port,
    env: {
      OPENESC_OIDC_NAME: 'Example',
      OPENESC_OIDC_ISSUER: provider.issuer,
      OPENESC_OIDC_CLIENT_ID: provider.clientId,
      OPENESC_OIDC_CLIENT_SECRET: provider.clientSecret,
      OPENESC_OIDC_SECOND_ISSUER: second.issuer,
      OPENESC_OIDC_SECOND_CLIENT_ID: second.clientId,
      OPENESC_OIDC_SECOND_CLIENT_SECRET: second.clientSecret,
    },
  })
}, 120_000)

afterAll(async () => {
  await server?.stop()
  await provider?.stop()
  await second?.stop()
})

const page = '/account/tokens'

const toProvider = (browser: BrowserSession, id = 'oidc') => {
  const { issuer } = id === 'oidc' ? provider : second
  return wayThere({ browser, url: server.url, provider: { id, issuer }, callbackUrl: page })
}

const comeBack = (browser: BrowserSession, way: URL) => wayBack({ browser, url: server.url }, way)

const isSignedIn = async (browser: BrowserSession) => (await browser.fetch(page)).status === 200

describe('single sign-on', () => {
  it('links the person who is signed in, and knows them from then on', async () => {
    const { email, password } = server.administrator
    provider.person = { sub: 'ada-1', email, email_verified: true, name: 'Ada' }
    const stranger = browserSession(server.url)
    const refused = await comeBack(stranger, await toProvider(stranger))
    expect([refused.pathname, refused.searchParams.get('error')]).toEqual(['/signin', 'link_required'])
    expect(await isSignedIn(stranger)).toBe(false)

    const owner = browserSession(server.url)
    await owner.signIn(email, password)
    expect((await comeBack(owner, await toProvider(owner))).pathname).toBe(page)

    const later = browserSession(server.url)
    expect((await comeBack(later, await toProvider(later))).pathname).toBe(page)
    expect(await isSignedIn(later)).toBe(true)
  })

  it('lets no stranger in', async () => {
    provider.person = { sub: 'mallory', email: 'mallory@example.com', email_verified: true }
    const browser = browserSession(server.url)
    const refused = await comeBack(browser, await toProvider(browser))
    expect(refused.searchParams.get('error')).toBe('not_invited')
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('T15: does not believe an address that is not verified', async () => {
    provider.person = { sub: 'mallory-2', email: server.administrator.email, email_verified: false }
    const browser = browserSession(server.url)
    await comeBack(browser, await toProvider(browser))
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('T11: takes no answer of one provider for that of another', async () => {
    provider.person = { sub: 'ada-1' }
    const browser = browserSession(server.url)
    const way = await toProvider(browser)
    const mixedUp = new URL(way)
    mixedUp.pathname = '/api/auth/callback/oidc-second'
    await comeBack(browser, mixedUp)
    expect(await isSignedIn(browser)).toBe(false)
    expect((await comeBack(browser, await toProvider(browser))).pathname).toBe(page)
    expect(await isSignedIn(browser)).toBe(true)
  })

  it('T15: tells people of two providers apart who have one subject', async () => {
    second.person = { sub: 'ada-1' }
    const browser = browserSession(server.url)
    const refused = await comeBack(browser, await toProvider(browser, 'oidc-second'))
    expect(refused.searchParams.get('error')).toBe('not_invited')
    expect(await isSignedIn(browser)).toBe(false)
    // The twin: the second provider signs in whom it is linked to.
    const { email, password } = server.administrator
    second.person = { sub: 'ada-at-second', email, email_verified: true }
    const owner = browserSession(server.url)
    await owner.signIn(email, password)
    await comeBack(owner, await toProvider(owner, 'oidc-second'))
    const later = browserSession(server.url)
    expect((await comeBack(later, await toProvider(later, 'oidc-second'))).pathname).toBe(page)
  })

  it('T26: takes an answer only in the browser that asked, and T09: only once', async () => {
    provider.person = { sub: 'ada-1' }
    const [attacker, victim] = [browserSession(server.url), browserSession(server.url)]
    const stolen = await toProvider(attacker)
    await comeBack(victim, stolen)
    expect(await isSignedIn(victim)).toBe(false)
    // Also when the victim is on the way themselves.
    await toProvider(victim)
    await comeBack(victim, stolen)
    expect(await isSignedIn(victim)).toBe(false)

    const own = await toProvider(victim)
    expect((await comeBack(victim, own)).pathname).toBe(page)
    expect(await isSignedIn(victim)).toBe(true)
    await victim.signOut()
    await comeBack(victim, own)
    expect(await isSignedIn(victim)).toBe(false)
  })

  it('T26: takes no answer without or with another state', async () => {
    const browser = browserSession(server.url)
    const way = await toProvider(browser)
    for (const state of ['', 'x', 'x'.repeat(500)]) {
      const changed = new URL(way)
      changed.searchParams.set('state', state)
      await comeBack(browser, changed)
      expect(await isSignedIn(browser)).toBe(false)
    }
  })
})
