/**
 * Where the actor of a request stands, found by the statement that recognized its token or session: for the use case that asks this
 * first. It serves once and outside transactions only, so whoever decides again decides anew.
 */
import { isDatabase } from '@/lib/db'
import type { Actor } from './actor'
import { isSamePlace, type KnownStanding } from './known-standings'
import type { EnvironmentName } from './standing-query'

/** An environment as a path names it. */
export interface EnvironmentPlace extends EnvironmentName {
  organization: string
}

export interface Arrival {
  place: EnvironmentPlace
  /** The hash of the token; absent for sessions, whose standing is not kept for later requests. */
  holder?: Uint8Array
  /** What the confirmation in `answer` confirms; absent when the standing itself was asked for. */
  known?: KnownStanding
  /** A row of either query; null for who has no part in the organization. */
  answer: unknown
}

const arrivals = new WeakMap<Actor, Arrival>()

export function arrive(actor: Actor, arrival: Arrival): void {
  arrivals.set(actor, arrival)
}

/** @returns undefined when it was used already, or another question is asked */
export function takeArrival(db: unknown, actor: Actor, place: EnvironmentPlace): Arrival | undefined {
  const arrival = arrivals.get(actor)
  if (arrival === undefined || !isDatabase(db)) return undefined
  arrivals.delete(actor)
  return isSamePlace(arrival.place, place) ? arrival : undefined
}
