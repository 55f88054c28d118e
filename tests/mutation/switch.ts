/** The switch that instrumented code asks: at most one mutant is off at a time. */
import { operator } from '@/lib/access/actor'
import type { Decision } from '@/lib/access/authorize'
import type { Grant } from '@/lib/access/grants'
import { forgetStandings } from '@/lib/access/known-standings'
import type { Scope } from '@/lib/access/scopes'
import type { Standing } from '@/lib/access/standing'
import { Prisma } from '@/lib/db'

export interface MutantSwitch {
  /** Called where the mutant is; remembers that it was. */
  isOff(id: string): boolean
  operator: typeof operator
  allowed: Decision
  /** A condition that holds for every row. */
  always: Prisma.Sql
  omnipotent(standing: Standing): Standing
}

declare global {
  var mutants: MutantSwitch | undefined
}

class EveryScope extends Set<Scope> {
  override has(): boolean {
    return true
  }
}

const permits = new EveryScope()
const everything: Grant[] = [
  { through: { kind: 'operator' }, where: { kind: 'organization' }, permits },
  { through: { kind: 'operator' }, where: { kind: 'every_environment' }, permits },
]

export interface Installed {
  turnOff(id: string | undefined): void
  /** What was asked since the last time. */
  takeReached(): string[]
}

export function installSwitch(): Installed {
  let off: string | undefined
  const reached = new Set<string>()
  globalThis.mutants = {
    isOff(id) {
      reached.add(id)
      return id === off
    },
    operator,
    allowed: { allowed: true, through: everything },
    always: Prisma.sql`TRUE`,
    omnipotent: (standing) => ({ ...standing, grants: everything }),
  }
  return {
    turnOff(id) {
      off = id
      // What was loaded while another was off.
      forgetStandings()
    },
    takeReached() {
      const ids = [...reached]
      reached.clear()
      return ids
    },
  }
}
