/** Calls server actions and route handlers as Next would: with the headers of a request, and nothing else of it. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { vi } from 'vitest'
import { z } from 'zod'
import { failureStatus } from '@/lib/failure'

const current = new AsyncLocalStorage<Headers>()

function received(): Headers {
  const headers = current.getStore()
  if (!headers) throw new Error('outside of a request')
  return headers
}

// Next's own store is there inside its server only; the checks that read it are the product's.
vi.mock('next/headers', () => ({
  headers: async () => received(),
  cookies: async () => ({ getAll: () => cookiesOf(received().get('cookie') ?? '') }),
}))
vi.mock('next/cache', () => ({ refresh: () => undefined, revalidatePath: () => undefined }))

function cookiesOf(header: string): { name: string; value: string }[] {
  return header
    .split('; ')
    .filter((pair) => pair !== '')
    .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }))
}

interface Answered {
  status: number
  text: string
}

const fromOurPages = { 'sec-fetch-site': 'same-origin' }

const outcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string() }),
])

export async function callAction(action: () => unknown, cookie: string): Promise<Answered> {
  const headers = new Headers({ ...fromOurPages, 'next-action': 'x', cookie })
  return orSignIn(() =>
    current.run(headers, async () => {
      const value = await action()
      const result = outcome.parse(value)
      const status = result.ok ? 200 : statusOf(result.code)
      return { status, text: JSON.stringify(value) }
    }),
  )
}

export interface HandlerCall {
  method: string
  params: Record<string, string>
  query: Record<string, string> | undefined
  body: unknown
  cookie: string
}

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => unknown

export async function callHandler(handler: Handler, call: HandlerCall): Promise<Answered> {
  const { method, params, query, cookie } = call
  const body = call.body === undefined ? undefined : JSON.stringify(call.body)
  const headers = new Headers({
    ...fromOurPages,
    cookie,
    ...(body && { 'content-length': String(body.length) }),
  })
  const url = `http://localhost:3000/?${new URLSearchParams(query)}`
  const request = new Request(url, { method, headers, ...(body && { body }) })
  return orSignIn(() =>
    current.run(headers, async () => {
      const response = await handler(request, { params: Promise.resolve(params) })
      if (!(response instanceof Response)) throw new Error('a route handler answers a response')
      return { status: response.status, text: await response.text() }
    }),
  )
}

function statusOf(code: string): number {
  const known: Record<string, number> = failureStatus
  return known[code] ?? 500
}

/** Being sent to the sign-in page is how the console says 401. */
async function orSignIn(work: () => Promise<Answered>): Promise<Answered> {
  try {
    return await work()
  } catch (error) {
    const digest = error instanceof Error && 'digest' in error ? String(error.digest) : ''
    if (digest.startsWith('NEXT_REDIRECT;') && digest.includes(';/signin')) return { status: 401, text: '' }
    throw error
  }
}
