/**
 * Before every page: the security headers, and a first refusal of what other sites send. It decides nothing about
 * permission; that is done where the data is (W01).
 */
import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { nonceHeader, pageHeaders, pathHeader } from '@/lib/access/page-headers'
import { changesSomething, sameOrigin } from '@/lib/access/same-origin'
import { config as configuration } from '@/lib/config'

export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64')
  const answer = pageHeaders({ nonce, secure: configuration().url.startsWith('https:') })
  if (changesSomething(request.method) && !sameOrigin(request.headers)) {
    return NextResponse.json({ code: 'forbidden' }, { status: 403, headers: answer })
  }
  const headers = new Headers(request.headers)
  headers.set(nonceHeader, nonce)
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search)
  // Next takes the nonce for its own scripts from the policy on the request.
  headers.set('content-security-policy', answer['content-security-policy'] ?? '')
  return NextResponse.next({ request: { headers }, headers: answer })
}

/**
 * Everything but files that are the same for everybody, and checks: those are no pages, do all that is done here by
 * themselves (`answer.ts`), and come with every pause in typing.
 */
export const config = {
  matcher: ['/((?!_next/static/|_next/image|favicon.ico|icon.svg|[^/]+/environments/[^/]+/[^/]+/check$).*)'],
}
