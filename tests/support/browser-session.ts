/** A browser as far as the wire is concerned: it keeps cookies and says that its requests come from our own pages. */

export interface BrowserSession {
  /** Follows no redirects. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** By next-auth's own form. @returns where it leads and what it said when it refused */
  signIn(login: string, password: string): Promise<{ status: number; error: string | null }>
  signOut(): Promise<void>
  /** The `Cookie` header that the next request will carry. */
  cookie(): string
  /** The `Set-Cookie` headers of everything so far. */
  received: string[]
}

export function browserSession(url: string): BrowserSession {
  const jar = new Map<string, string>()
  const received: string[] = []
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ 'sec-fetch-site': 'same-origin', origin: url, cookie: cookie() })
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value)
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      received.push(line)
      keep(jar, line)
    }
    return response
  }

  async function submit(path: string, fields: Record<string, string>): Promise<Response> {
    const { csrfToken } = await (await send('/api/auth/csrf')).json()
    const body = new URLSearchParams({ csrfToken, json: 'true', ...fields })
    return send(path, { method: 'POST', body })
  }

  return {
    fetch: send,
    cookie,
    received,
    async signIn(login, password) {
      const response = await submit('/api/auth/callback/credentials', { login, password, callbackUrl: '/' })
      const { url: target } = await response.json()
      return { status: response.status, error: new URL(target, url).searchParams.get('error') }
    },
    async signOut() {
      await submit('/api/auth/signout', { callbackUrl: '/' })
    },
  }
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';')
  const at = pair.indexOf('=')
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
  const ended = attributes.some((attribute) => /max-age=0|expires=thu, 01 jan 1970/i.test(attribute))
  if (ended || value === '') jar.delete(name)
  else jar.set(name, value)
}
