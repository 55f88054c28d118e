/**
 * next-auth's options. Its token holds nothing but the id of a session row; everything else is read from the row on
 * every request. Its own variables are derived from our configuration, never asked for.
 */
import type { AuthOptions, CookieOption, CookiesOptions, User } from 'next-auth'
import credentials from 'next-auth/providers/credentials'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'
import { originOf } from '@/lib/access/origin'
import { returnPath } from '@/lib/access/return-path'
import { type CookieSettings, cookieName, cookieSettings, sessionIdFrom } from '@/lib/access/session-cookie'
import { actorFromSession, revokeSession, sessionLimits } from '@/lib/access/sessions'
import { signIn } from '@/lib/access/signin'
import { config, deriveNextAuthUrl, type SingleSignOn } from '@/lib/config'
import { isFailure } from '@/lib/failure'
import { type Claims, claimsSchema, signInByIdentity } from '@/lib/organizations/single-sign-on'

declare module 'next-auth' {
  interface User {
    /** Id of the session row that signing in has started. */
    sessionId: string
  }
}

/** @param request the headers of the request that next-auth will answer */
export async function authOptions(request: Headers): Promise<AuthOptions> {
  const settings = await cookieSettings()
  const { url, singleSignOn } = config()
  deriveNextAuthUrl()
  return {
    secret: settings.secret,
    session: { strategy: 'jwt', maxAge: sessionLimits.absoluteSeconds },
    useSecureCookies: settings.secure,
    cookies: cookiesOf(settings),
    pages: { signIn: '/signin', signOut: '/signin', error: '/signin', newUser: '/' },
    providers: [passwordProvider(), ...singleSignOn.map(openIdProvider)],
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        if (account?.type === 'oauth') user.sessionId = await beginByProvider(profile, request)
        return true
      },
      jwt: ({ token, user }) => (user ? { sid: user.sessionId } : token),
      session: async ({ session, token }) => publicSession(session.expires, token.sid),
      redirect: ({ url: wanted }) =>
        url + returnPath(wanted.startsWith(`${url}/`) ? wanted.slice(url.length) : wanted),
    },
    events: { signOut: ({ token }) => endSession(token.sid) },
    logger: { error: logCode, warn: () => undefined, debug: () => undefined },
  }
}

/** One way in per provider, each with its own redirect address, so that no answer can be taken to another (T11). */
function openIdProvider({ id, name, issuer, clientId, clientSecret }: SingleSignOn): OAuthConfig<Claims> {
  return {
    id,
    name,
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    idToken: true,
    // State and nonce bind the answer to the browser that asked (T10, T26), PKCE the code to this server.
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: 'openid email profile' } },
    clientId,
    clientSecret,
    profile: ({ sub }) => ({ id: sub, sessionId: '' }),
  }
}

/** @throws Error whose message is the reason, which the sign-in page gets as `error` */
async function beginByProvider(profile: unknown, request: Headers): Promise<string> {
  const claims = claimsSchema.safeParse(profile)
  if (!claims.success) throw new Error('claims')
  try {
    const from = { ...originOf(request), userAgent: request.get('user-agent') ?? '' }
    const signedInAs = await presentedPerson(request)
    const { sessionId } = await signInByIdentity(claims.data, { ...from, signedInAs })
    await endPresentedSession(request)
    return sessionId
  } catch (error) {
    if (!isFailure(error)) throw new Error('unavailable', { cause: error })
    throw new Error(error.details.field ?? error.code)
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
async function endPresentedSession(request: Headers): Promise<void> {
  await endSession(await sessionIdFrom(cookiesIn(request)))
}

async function presentedPerson(request: Headers): Promise<string | undefined> {
  const id = await sessionIdFrom(cookiesIn(request))
  const actor = id === undefined ? undefined : await actorFromSession(id, originOf(request))
  return actor?.principal.kind === 'person' ? actor.principal.id : undefined
}

function cookiesIn(request: Headers): Record<string, string> {
  const pairs = (request.get('cookie') ?? '').split(';').map((pair) => {
    const [name = '', ...value] = pair.trim().split('=')
    return [name, value.join('=')]
  })
  return Object.fromEntries(pairs)
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
