/**
 * What an answer says anew, with the parts of the answer before wherever they say the same: who looks at both sees by
 * identity what has changed. Both come from JSON text; `now` is taken apart for it.
 */
export function share<T>(before: unknown, now: T): T {
  if (!isObject(before) || !isObject(now) || Array.isArray(before) !== Array.isArray(now)) return now
  const names = Object.keys(now)
  let same = names.length === Object.keys(before).length
  for (const name of names) {
    const [was, is] = [
      Object.hasOwn(before, name) ? Reflect.get(before, name) : undefined,
      Reflect.get(now, name),
    ]
    const kept = share(was, is)
    // It is its own member already, so even `__proto__` is set as one.
    if (kept !== is) Reflect.set(now, name, kept)
    if (kept !== was) same = false
  }
  // Equal in every member, so of the same type.
  return same ? (before as T) : now
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
