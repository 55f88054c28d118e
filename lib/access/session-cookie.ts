/** The cookie that names a console session, made and read by next-auth with the installation's own secret. */
import { getToken } from 'next-auth/jwt'
import { config } from '@/lib/config'
import { database } from '@/lib/db'
import { processWide } from '@/lib/process-wide'
import { installation, sessionSecret } from '@/lib/secrets'

export interface CookieSettings {
  /** Cookies ignore ports, so installations on one host need names of their own. */
  suffix: string
  secret: string
  /** On https names begin with `__Host-`: no other host, not even a sibling, can set them (W04). */
  secure: boolean
}

const known = processWide('session-cookie', () => new WeakMap<object, Promise<CookieSettings>>())

/** Read once for each database that this process opens. */
export function cookieSettings(): Promise<CookieSettings> {
  const client = database()
  const settings = known.get(client) ?? loadSettings()
  known.set(client, settings)
  // A failure must not be remembered.
  settings.catch(() => known.delete(client))
  return settings
}

async function loadSettings(): Promise<CookieSettings> {
  const [{ cookieSuffix }, secret] = await Promise.all([installation(), sessionSecret()])
  return { suffix: cookieSuffix, secret, secure: config().url.startsWith('https:') }
}

export function cookieName({ suffix, secure }: CookieSettings, purpose: string): string {
  return `${secure ? '__Host-' : ''}openesc-${suffix}-${purpose}`
}

/** @returns the session id that the cookies carry; says nothing about whether the session still lives */
export async function sessionIdFrom(cookies: Record<string, string>): Promise<string | undefined> {
  const settings = await cookieSettings()
  const token = await getToken({
    // next-auth asks for a whole request but reads these two; no headers, so that it takes no bearer token for a cookie.
    req: { cookies, headers: {} } as Parameters<typeof getToken>[0]['req'],
    cookieName: cookieName(settings, 'session'),
    secureCookie: settings.secure,
    secret: settings.secret,
  })
  return typeof token?.sid === 'string' ? token.sid : undefined
}
