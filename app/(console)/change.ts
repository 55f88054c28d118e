import 'server-only'
import { refresh } from 'next/cache'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import type { Actor } from '@/lib/access/actor'

/** Runs the change of a server action and has the page show what is now. */
export async function change<T>(work: (actor: Actor) => Promise<T>): Promise<Outcome<T>> {
  const actor = await requireActor()
  return attempt(async () => {
    const value = await work(actor)
    refresh()
    return value
  })
}
