/**
 * Who is asking, for server components, server actions and route handlers. Asked anew for every request: a revoked
 * session, a disabled person are refused at the next one.
 */
import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Actor } from '@/lib/access/actor'
import type { EnvironmentPlace } from '@/lib/access/arrival'
import { originOf } from '@/lib/access/origin'
import { pathHeader } from '@/lib/access/page-headers'
import { returnPath } from '@/lib/access/return-path'
import { sameOrigin } from '@/lib/access/same-origin'
import { sessionIdFrom } from '@/lib/access/session-cookie'
import { actorFromSession } from '@/lib/access/sessions'

/**
 * @param place the environment that the request will ask about first, outside a transaction
 * @returns undefined for who is not signed in, and for requests with a body that another site sent (W04)
 */
export const currentActor = cache(async (place?: EnvironmentPlace): Promise<Actor | undefined> => {
  const [jar, received] = await Promise.all([cookies(), headers()])
  if (carriesBody(received) && !sameOrigin(received)) return undefined
  const id = await sessionIdFrom(Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])))
  return id === undefined ? undefined : actorFromSession(id, originOf(received), place)
})

/** Sends who is not signed in to the sign-in page, and back afterwards. */
export async function requireActor(): Promise<Actor> {
  const actor = await currentActor()
  if (actor) return actor
  const path = returnPath((await headers()).get(pathHeader))
  redirect(path === '/' ? '/signin' : `/signin?${new URLSearchParams({ returnTo: path })}`)
}

/** Server actions and forms; a page's GET has neither header. */
function carriesBody(received: Headers): boolean {
  return received.has('next-action') || received.has('content-type')
}
