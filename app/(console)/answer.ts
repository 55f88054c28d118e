import 'server-only'
import type { z } from 'zod'
import { attempt, type Refusal } from '@/app/outcome'
import { currentActor } from '@/app/session'
import type { Actor } from '@/lib/access/actor'
import type { EnvironmentPlace } from '@/lib/access/arrival'
import { sameOrigin } from '@/lib/access/same-origin'
import { Failure, failureStatus } from '@/lib/failure'
import { stringifyJson } from '@/lib/language'

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }

/** A definition at its largest, escaped as JSON, and what is around it. */
const mostBytes = 8 * 1024 * 1024

/**
 * Answers a request that a page of ours makes for slow work. Such work is no server action because those wait for one
 * another: an open that hangs would hold back every check after it.
 */
export function answer<T>(request: Request, work: (actor: Actor) => Promise<T>): Promise<Response> {
  return respond(request, async () => work(await sessionActor()))
}

export interface Question<B> {
  /** The environment that the work asks about first. */
  place: Promise<EnvironmentPlace>
  body: z.ZodType<B>
}

/**
 * {@link answer} with the permission that comes with the session (see `arrival.ts`): the body is read before, since
 * much can happen until it is there.
 */
export function answerAt<B, T>(
  request: Request,
  { place, body }: Question<B>,
  work: (actor: Actor, body: B) => Promise<T>,
): Promise<Response> {
  return respond(request, async () => {
    const sent = await readBody(request, body)
    return work(await sessionActor(await place), sent)
  })
}

async function sessionActor(place?: EnvironmentPlace): Promise<Actor> {
  const actor = await currentActor(place)
  if (!actor) throw new Failure('unauthenticated', 'Sign in again.')
  return actor
}

async function respond<T>(request: Request, work: () => Promise<T>): Promise<Response> {
  const outcome = await attempt(() => {
    if (!sameOrigin(request.headers))
      throw new Failure('forbidden', 'Only pages of this console may ask this.')
    return work()
  })
  const status = outcome.ok ? 200 : statusOf(outcome.code)
  return new Response(stringifyJson(outcome), { status, headers })
}

/** Diagnostics are what was asked for: only other refusals are errors of the request. */
function statusOf(code: Refusal['code']): number {
  if (code === 'diagnostics') return 200
  return code === 'unexpected' ? 500 : failureStatus[code]
}

/** @throws Failure `too_large`, `invalid` */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const length = Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY)
  if (length > mostBytes) throw new Failure('too_large', 'The definition is too large.')
  const parsed = schema.safeParse(await request.json().catch(() => undefined))
  if (!parsed.success) throw new Failure('invalid', 'The request is malformed.')
  return parsed.data
}
