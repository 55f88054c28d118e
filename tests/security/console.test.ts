import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenEsc, startOpenEsc } from '../peers/openesc'
import { type BrowserSession, browserSession } from '../support/browser-session'

const secretName = 'only-members-know-this'
let server: OpenEsc
let ada: BrowserSession

beforeAll(async () => {
  server = await startOpenEsc()
  const { organization, email, password } = server.administrator
  const created = await server.api(`/api/esc/environments/${organization}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ project: 'shop', name: secretName }),
  })
  expect(created.ok, await created.text()).toBe(true)
  ada = browserSession(server.url)
  expect(await ada.signIn(email, password)).toEqual({ status: 200, error: null })
}, 120_000)

afterAll(() => server?.stop())

const list = () => `/${server.administrator.organization}/environments`

/** As sent, without the clean-up that `fetch` does to paths. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}

describe('W01: pages without a session', () => {
  it('show a member the list (the twin)', async () => {
    const response = await ada.fetch(list())
    expect(response.status).toBe(200)
    expect(await response.text()).toContain(secretName)
  })

  const subrequest = 'src/middleware:src/middleware:src/middleware:src/middleware:src/middleware'
  const proxies = 'proxy:proxy:proxy:proxy:proxy'
  const headers: Record<string, string>[] = [
    {},
    { 'x-middleware-subrequest': subrequest },
    { 'x-middleware-subrequest': proxies },
    { 'x-middleware-subrequest-id': '1', 'x-middleware-subrequest': proxies },
    { 'x-middleware-next': '1' },
    { 'x-middleware-rewrite': '/' },
    { 'x-nextjs-data': '1' },
    { 'x-invoke-path': '/', 'x-invoke-status': '200' },
    { 'x-matched-path': '/signin' },
    { 'x-original-url': '/signin', 'x-rewrite-url': '/signin' },
    { 'x-http-method-override': 'HEAD' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '127.0.0.1' },
    { rsc: '1' },
    { rsc: '1', 'next-router-prefetch': '1' },
    { rsc: '1', 'next-router-segment-prefetch': '/_tree' },
    { authorization: 'Bearer whatever' },
    { cookie: 'openesc-00000000-session=x; next-auth.session-token=x' },
  ]

  it.each(headers)('show nothing with %j', async (extra) => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const { status, body } = await raw(list(), extra, method)
      expect(body).not.toContain(secretName)
      expect(status, `${method} ${JSON.stringify(extra)}`).not.toBe(500)
    }
  })

  const paths = [
    (path: string) => `${path}?_rsc=1`,
    (path: string) => `${path}.rsc`,
    (path: string) => `${path}.segments/_tree.segment.rsc`,
    (path: string) => `/_next/data/build${path}.json`,
    (path: string) => `/en${path}`,
    (path: string) => `${path}/`,
    (path: string) => `${path}.`,
    (path: string) => `/${path}`,
    (path: string) => `/.${path}`,
    (path: string) => path.replace('/environments', '%2fenvironments'),
    (path: string) => path.replace('environments', '%65nvironments'),
    (path: string) => `/_next/static/..${path}`,
    (path: string) => `/_next/static/..%2f..${path}`,
    (path: string) => `/_next/image?url=${encodeURIComponent(path)}&w=64&q=75`,
  ]

  it.each(paths.map((spell) => spell('/acme/environments')))('show nothing at %s', async (path) => {
    for (const rsc of ['', '1']) {
      const { status, body } = await raw(path, rsc === '' ? {} : { rsc })
      expect(body).not.toContain(secretName)
      expect(status).not.toBe(500)
    }
  })
})

describe('W04: what other sites send', () => {
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'http://sibling.localhost' },
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: '' },
  ]
  const types = ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']

  it.each(foreign)('is refused with %j', async (headers) => {
    for (const type of types) {
      for (const path of ['/', list(), '/api/auth/signout', '/api/auth/callback/credentials', '/signin']) {
        const sent = { ...headers, cookie: ada.cookie(), 'content-type': type }
        const response = await fetch(server.url + path, {
          method: 'POST',
          headers: sent,
          body: 'a=b',
          redirect: 'manual',
        })
        expect(response.status, `${path} ${type}`).toBe(403)
      }
    }
  })

  it('does not end the session, which our own page can', async () => {
    expect((await ada.fetch(list())).status).toBe(200)
    const other = browserSession(server.url)
    await other.signIn(server.administrator.email, server.administrator.password)
    expect((await other.fetch(list())).status).toBe(200)
    await other.signOut()
    expect((await other.fetch(list())).status).toBe(307)
  })

  it('carries no cookie: they are HttpOnly and SameSite=Lax', () => {
    expect(ada.received.length).toBeGreaterThan(1)
    for (const cookie of ada.received) {
      expect(cookie).toMatch(/^openesc-[0-9a-f]{8}-/)
      expect(cookie).toMatch(/; HttpOnly/i)
      expect(cookie).toMatch(/; SameSite=Lax/i)
      expect(cookie).toMatch(/; Path=\//i)
    }
  })
})

describe('W05: the content security policy', () => {
  it('names a fresh nonce, and every script of the page has it', async () => {
    const nonces = new Set<string>()
    for (const path of [list(), list(), '/signin']) {
      const response = path === '/signin' ? await fetch(server.url + path) : await ada.fetch(path)
      const policy = response.headers.get('content-security-policy') ?? ''
      const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic'(;|$)/.exec(policy)?.[1] ?? ''
      expect(nonce).toHaveLength(24)
      nonces.add(nonce)
      const scripts = [...(await response.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
      expect(scripts.length).toBeGreaterThan(1)
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
    }
    expect(nonces.size).toBe(3)
  })

  it('W07: allows no frames, no plugins, no evaluation', async () => {
    const { headers } = await ada.fetch(list())
    const policy = headers.get('content-security-policy') ?? ''
    for (const rule of [
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
    ]) {
      expect(policy).toContain(rule)
    }
    expect(policy.split(';').find((rule) => rule.includes('script-src'))).not.toMatch(/unsafe/)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('W06: answers for somebody', () => {
  it('are kept by no cache', async () => {
    for (const path of [list(), '/account/tokens', '/signin', '/api/auth/session']) {
      const { headers } = await ada.fetch(path)
      expect(headers.get('cache-control'), path).toMatch(/no-store/)
    }
    const api = await server.api('/api/user')
    expect(api.headers.get('cache-control')).toMatch(/no-store/)
  })
})

describe('W08: a session', () => {
  it('is dead on the server once signed out, whoever kept the cookie', async () => {
    const browser = browserSession(server.url)
    await browser.signIn(server.administrator.email, server.administrator.password)
    const kept = browser.cookie()
    const replay = () => fetch(server.url + list(), { headers: { cookie: kept }, redirect: 'manual' })
    expect((await replay()).status).toBe(200)
    await browser.signOut()
    expect((await replay()).status).toBe(307)
    const session = await fetch(`${server.url}/api/auth/session`, { headers: { cookie: kept } })
    expect(await session.json()).not.toHaveProperty('user')
  })

  it('ends when the same browser signs in again', async () => {
    const browser = browserSession(server.url)
    await browser.signIn(server.administrator.email, server.administrator.password)
    const before = browser.cookie()
    await browser.signIn(server.administrator.email, server.administrator.password)
    const replay = await fetch(server.url + list(), { headers: { cookie: before }, redirect: 'manual' })
    expect(replay.status).toBe(307)
    expect((await browser.fetch(list())).status).toBe(200)
  })

  it('T21: is no API token, and an API token no session', async () => {
    const session = await fetch(`${server.url}/api/user`, { headers: { cookie: ada.cookie() } })
    expect(session.status).toBe(401)
    const { token } = server.administrator
    for (const authorization of [`token ${token}`, `Bearer ${token}`]) {
      const page = await fetch(server.url + list(), { headers: { authorization }, redirect: 'manual' })
      expect(page.status).toBe(307)
    }
    expect((await server.api('/api/user')).status).toBe(200)
  })

  it('is not begun with a wrong password', async () => {
    const browser = browserSession(server.url)
    const refused = await browser.signIn(server.administrator.email, 'wrong horse battery')
    expect(refused).toEqual({ status: 401, error: 'CredentialsSignin' })
    expect((await browser.fetch(list())).status).toBe(307)
  })
})

describe('T13: after signing in', () => {
  it('leads back to the page, never elsewhere', async () => {
    const response = await fetch(`${server.url}${list()}?q=x`, { redirect: 'manual' })
    const target = new URL(response.headers.get('location') ?? '', server.url)
    expect(target.origin + target.pathname).toBe(`${server.url}/signin`)
    expect(target.searchParams.get('returnTo')).toBe(`${list()}?q=x`)
    for (const evil of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const to = await ada.fetch(`/signin?${new URLSearchParams({ returnTo: evil })}`)
      expect(new URL(to.headers.get('location') ?? '', server.url).origin).toBe(server.url)
      const callback = await ada.fetch(`/api/auth/signin?${new URLSearchParams({ callbackUrl: evil })}`)
      expect(callback.headers.get('location') ?? '').not.toMatch(/^(https?:)?\/\/evil/)
    }
  })

  it('T14: what the address says is text, not markup', async () => {
    const markup = '"><img src=x onerror=alert(1)>'
    const response = await fetch(
      `${server.url}/signin?${new URLSearchParams({ error: markup, returnTo: markup })}`,
    )
    expect(await response.text()).not.toContain('<img src=x')
  })
})

describe('W04: on https', () => {
  let secure: OpenEsc
  beforeAll(async () => {
    secure = await startOpenEsc({ env: { OPENESC_URL: 'https://esc.example.com' } })
  }, 120_000)
  afterAll(() => secure?.stop())

  it('cookies begin with __Host- and are Secure; pages say so for a year', async () => {
    const csrf = await fetch(`${secure.url}/api/auth/csrf`)
    const cookies = csrf.headers.getSetCookie()
    expect(cookies.length).toBeGreaterThan(0)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-openesc-/)
      expect(cookie).toMatch(/; Secure/i)
      expect(cookie).not.toMatch(/; Domain/i)
    }
    const page = await fetch(`${secure.url}/signin`)
    expect(page.headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/)
  })
})
