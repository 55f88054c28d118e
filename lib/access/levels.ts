/**
 * The levels of access to an environment, each holding all before it (console.md §9.1):
 * none – invisible; read – definition and plain values; open – secrets and credentials; write – edit; admin – delete,
 * settings, access.
 */
export const levels = ['none', 'read', 'open', 'write', 'admin'] as const

export type Level = (typeof levels)[number]

export function rank(level: Level): number {
  return levels.indexOf(level)
}

export function atLeast(level: Level, needed: Level): boolean {
  return rank(level) >= rank(needed)
}

export function highest(some: Iterable<Level>): Level {
  let best: Level = 'none'
  for (const level of some) if (rank(level) > rank(best)) best = level
  return best
}
