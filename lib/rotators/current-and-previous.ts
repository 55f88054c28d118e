import * as z from 'zod'

/** The two that work at any time (providers.md §5.1): consumers of the previous one have until the next rotation. */
export function currentAndPrevious<T extends z.ZodType>(credential: T) {
  return z.object({
    current: credential.optional().meta({ description: 'what is in use now' }),
    previous: credential
      .optional()
      .meta({ description: 'what was in use before, still good until the next rotation' }),
  })
}

/** Like {@link currentAndPrevious} where a state without a current credential makes no sense. */
export function currentRequired<T extends z.ZodType>(credential: T) {
  return z.object({
    current: credential.meta({ description: 'what is in use now' }),
    previous: credential
      .optional()
      .meta({ description: 'what was in use before, still good until the next rotation' }),
  })
}

/** The state after `next` became current. */
export function shift<T>(
  state: { current?: T | undefined } | undefined,
  next: T,
): { current: T; previous?: T } {
  const previous = state?.current
  return previous === undefined ? { current: next } : { current: next, previous }
}
