/**
 * next-auth's options. Its token holds nothing but the id of a session row; everything else is read from the row on
 * every request. Its own variables are derived from our configuration, never asked for.
 */
import type { AuthOptions, CookieOption, CookiesOptions, User } from 'next-auth'
import credentials from 'next-auth/providers/credentials'
import { z } from 'zod'
import { config, deriveNextAuthUrl } from '@/lib/config'
import { isFailure } from '@/lib/failure'
import { originOf } from './origin'
import { returnPath } from './return-path'
import { type CookieSettings, cookieName, cookieSettings, sessionIdFrom } from './session-cookie'
import { actorFromSession, revokeSession, sessionLimits } from './sessions'
import { signIn } from './signin'

declare module 'next-auth' {
  interface User {
    /** Id of the session row that signing in has started. */
    sessionId: string
  }
}

export async function authOptions(): Promise<AuthOptions> {
  const settings = await cookieSettings()
  const { url } = config()
  deriveNextAuthUrl()
  return {
    secret: settings.secret,
    session: { strategy: 'jwt', maxAge: sessionLimits.absoluteSeconds },
    useSecureCookies: settings.secure,
    cookies: cookiesOf(settings),
    pages: { signIn: '/signin', signOut: '/signin', error: '/signin', newUser: '/' },
    providers: [passwordProvider()],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: user.sessionId } : token),
      session: async ({ session, token }) => publicSession(session.expires, token.sid),
      redirect: ({ url: wanted }) =>
        url + returnPath(wanted.startsWith(`${url}/`) ? wanted.slice(url.length) : wanted),
    },
    events: { signOut: ({ token }) => endSession(token.sid) },
    logger: { error: logCode, warn: () => undefined, debug: () => undefined },
  }
}

function cookiesOf(settings: CookieSettings): CookiesOptions {
  const cookie = (purpose: string, maxAge?: number): CookieOption => ({
    name: cookieName(settings, purpose),
    options: {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: settings.secure,
      ...(maxAge !== undefined && { maxAge }),
    },
  })
  return {
    sessionToken: cookie('session'),
    callbackUrl: cookie('callback'),
    csrfToken: cookie('csrf'),
    pkceCodeVerifier: cookie('pkce', 900),
    state: cookie('state', 900),
    nonce: cookie('nonce', 900),
  }
}

const typedSchema = z.object({ login: z.string().max(320), password: z.string().max(1024) })
const headersSchema = z.record(z.string(), z.unknown()).default({})

function passwordProvider() {
  return credentials({
    name: 'Password',
    credentials: {
      login: { label: 'Login or e-mail', type: 'text' },
      password: { label: 'Password', type: 'password' },
    },
    authorize: async (typed, request): Promise<User | null> => {
      const parsed = typedSchema.safeParse(typed)
      if (!parsed.success) return null
      const headers = headersFrom(headersSchema.parse(request.headers))
      return authorizePassword(parsed.data, headers)
    },
  })
}

/** @throws Error whose message is the failure's code: next-auth hands it to the sign-in page as `error` */
async function authorizePassword(
  typed: { login: string; password: string },
  headers: Headers,
): Promise<User | null> {
  const origin = originOf(headers)
  try {
    const person = await signIn({ ...typed, ...origin, userAgent: headers.get('user-agent') ?? '' })
    await endPresentedSession(headers)
    return { id: person.personId, sessionId: person.sessionId }
  } catch (error) {
    if (!isFailure(error)) throw new Error('unavailable', { cause: error })
    if (error.code === 'unauthenticated') return null
    throw new Error(error.code)
  }
}

/** The session that this browser had before ends: an id never survives a sign-in (W08). */
async function endPresentedSession(headers: Headers): Promise<void> {
  const cookies = Object.fromEntries(
    (headers.get('cookie') ?? '').split(';').map((pair) => {
      const [name = '', ...value] = pair.trim().split('=')
      return [name, value.join('=')]
    }),
  )
  await endSession(await sessionIdFrom(cookies))
}

async function endSession(id: unknown): Promise<void> {
  if (typeof id !== 'string') return
  const actor = await actorFromSession(id, { address: '', requestId: '' })
  if (actor) await revokeSession(actor, { id })
}

/** What scripts of our pages may learn from `/api/auth/session`: nothing once the session has ended. */
async function publicSession(expires: string, id: unknown) {
  const actor =
    typeof id === 'string' ? await actorFromSession(id, { address: '', requestId: '' }) : undefined
  return actor?.principal.kind === 'person' ? { expires, user: { name: actor.principal.login } } : { expires }
}

function headersFrom(record: Record<string, unknown>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(record)) if (typeof value === 'string') headers.set(name, value)
  return headers
}

/** Only the code: the details can hold what somebody typed. */
function logCode(code: string): void {
  console.error(`sign-in: ${code}`)
}
