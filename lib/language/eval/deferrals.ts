import { LimitError } from './budget'
import type { Place } from './expr'

/**
 * How deep expressions are evaluated inside one another before the rest of a chain of references is put off: the stack
 * of JavaScript is small, and ends without a chance to clean up.
 */
export const DEFERRAL_DEPTH = 300

/**
 * The expressions of one environment that lie too deep in chains of references. The next round evaluates them first, those
 * that others need before the others, so that no chain is deep when it is met again.
 */
export class Deferrals {
  /** What was too deep below what; expressions are known by their places, which stay the same between rounds. */
  private readonly needs = new Map<Place, Set<Place>>()

  /** @param from the deferred expression that was being evaluated, if any */
  add(from: Place | undefined, deferred: Place): void {
    if (!this.needs.has(deferred)) this.needs.set(deferred, new Set())
    if (from !== undefined) this.needs.get(from)?.add(deferred)
  }

  /** All of them, each after what it needs. */
  order(): readonly Place[] {
    const states = new Map<Place, 'open' | 'closed'>()
    const order: Place[] = []
    const visit = (place: Place): void => {
      const state = states.get(place)
      if (state === 'closed') return
      if (state === 'open')
        throw new LimitError('limit.depth', 'references form a cycle that is too long to be shown')
      states.set(place, 'open')
      for (const needed of this.needs.get(place) ?? []) visit(needed)
      states.set(place, 'closed')
      order.push(place)
    }
    for (const place of this.needs.keys()) visit(place)
    return order
  }
}
