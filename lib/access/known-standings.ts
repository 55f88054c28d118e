/**
 * Where holders of tokens stand, as it was loaded lately. Nothing here decides: an entry counts only when a statement of
 * the request that uses it finds the organization's stamp unchanged, and triggers renew the stamp in every transaction
 * that changes anything a standing is read from. What no stamp covers (the token itself, its owner's account, the
 * newest revision, the clock) is read each time.
 */
import { processWide } from '@/lib/process-wide'
import { RecentlyUsed } from '@/lib/recently-used'
import type { Actor } from './actor'
import type { EnvironmentPlace } from './arrival'
import type { FoundEnvironment, Standing } from './standing'
import type { StandingEvidence } from './standing-query'

export interface KnownStanding extends StandingEvidence {
  standing: Standing
  found: FoundEnvironment
}

/** Grants of all standings together. */
const standings = processWide(
  'standings',
  () =>
    new RecentlyUsed<KnownStanding>({
      capacity: 100_000,
      weigh: ({ standing }) => standing.grants.length + 5,
    }),
)

/** Of the requests that run. */
const ofActors = new WeakMap<Actor, { place: EnvironmentPlace; known: KnownStanding }>()

/** @param holder the token's hash: whose a token is never changes */
export function recallStanding(holder: Uint8Array, place: EnvironmentPlace): KnownStanding | undefined {
  return standings.get(keyOf(holder, place))
}

export function rememberStanding(holder: Uint8Array, place: EnvironmentPlace, known: KnownStanding): void {
  standings.set(keyOf(holder, place), known)
}

/** For tests that change how standings are made. */
export function forgetStandings(): void {
  standings.clear()
}

/** Lets the rest of the actor's request have it confirmed instead of loading it again. */
export function keepForRequest(actor: Actor, place: EnvironmentPlace, known: KnownStanding): void {
  ofActors.set(actor, { place, known })
}

export function keptForRequest(actor: Actor, place: EnvironmentPlace): KnownStanding | undefined {
  const kept = ofActors.get(actor)
  return kept && isSamePlace(kept.place, place) ? kept.known : undefined
}

export function isSamePlace(one: EnvironmentPlace, other: EnvironmentPlace): boolean {
  return one.organization === other.organization && one.project === other.project && one.name === other.name
}

/** The separator is the one character that the database has in no name. */
function keyOf(holder: Uint8Array, { organization, project, name }: EnvironmentPlace): string {
  return [Buffer.from(holder).toString('latin1'), organization, project, name].join('\0')
}
