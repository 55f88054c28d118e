/** A browser on its way to a provider of single sign-on and back, as far as the wire is concerned. */
import { type BrowserSession, browserSession } from './browser-session'

export interface SignOn {
  browser: BrowserSession
  /** Our own origin. */
  url: string
  provider: { id: string; issuer: string }
  /** Where to go afterwards, a path. */
  callbackUrl: string
}

/** Asks to sign in and goes to the provider. @returns the way back, with its code and state */
export async function toProvider({ browser, provider, callbackUrl }: SignOn): Promise<URL> {
  const { csrfToken } = await (await browser.fetch('/api/auth/csrf')).json()
  const body = new URLSearchParams({ csrfToken, callbackUrl, json: 'true' })
  const asked = await browser.fetch(`/api/auth/signin/${provider.id}`, { method: 'POST', body })
  const atProvider = browserSession(provider.issuer)
  let at = new URL((await asked.json()).url)
  while (at.origin === provider.issuer) {
    const response = await atProvider.fetch(at.pathname + at.search)
    at = new URL(response.headers.get('location') ?? '', at)
  }
  return at
}

/** @returns where it leads in the end; next-auth's own page for errors leads on to ours */
export async function comeBack({ browser, url }: Pick<SignOn, 'browser' | 'url'>, way: URL): Promise<URL> {
  let at = way
  while (at.pathname.startsWith('/api/auth/')) {
    const response = await browser.fetch(at.pathname + at.search)
    at = new URL(response.headers.get('location') ?? '/nowhere', url)
  }
  return at
}
