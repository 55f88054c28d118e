/**
 * One instance per process. The server, the console's pages and its actions are separate bundles with their own copies
 * of every module; only what hangs on `globalThis` is shared between them.
 *
 * @param name belongs to one type and one place
 */
export function processWide<T extends object>(name: string, make: () => T): T {
  const key = Symbol.for(`openesc.${name}`)
  const existing: T | undefined = Reflect.get(globalThis, key)
  if (existing !== undefined) return existing
  const made = make()
  Reflect.set(globalThis, key, made)
  return made
}
