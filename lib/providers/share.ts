import type { ProviderContext } from '@/lib/language'

/**
 * Makes a reader that does identical work once within one evaluation, however many calls ask for it; failures are
 * shared too. Nothing outlives the evaluation. Keep the result in a constant of the module.
 */
export function shareReads<T>() {
  const readsOf = new WeakMap<object, Map<string, Promise<T>>>()
  /** @param key everything that the result depends on, credentials included */
  return (
    { evaluation }: Pick<ProviderContext, 'evaluation'>,
    key: readonly unknown[],
    read: () => Promise<T>,
  ): Promise<T> => {
    const reads = readsOf.get(evaluation) ?? new Map<string, Promise<T>>()
    readsOf.set(evaluation, reads)
    const name = JSON.stringify(key)
    const result = reads.get(name) ?? read()
    reads.set(name, result)
    return result
  }
}
