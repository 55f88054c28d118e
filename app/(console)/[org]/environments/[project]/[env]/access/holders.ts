import { text } from '@/components/messages'
import type { GrantHolder } from '@/lib/organizations/environment-access'

/** Everybody and everything that a grant or a question can be about, as far as the viewer may list them. */
export interface Holders {
  logins: string[]
  teams: string[]
  roles: { id: string; name: string }[]
  /** Of teams and of the organization. */
  tokens: { id: string; name: string }[]
}

export function holderName(holder: GrantHolder): string {
  return 'team' in holder ? text.grants.team(holder.team) : holder.login
}

export interface HolderOption {
  value: string
  label: string
}

/** People and teams; the values are read by {@link holderOf}. */
export function holderOptions({ logins, teams }: Pick<Holders, 'logins' | 'teams'>): HolderOption[] {
  return [
    ...logins.map((login) => ({ value: `login:${login}`, label: login })),
    ...teams.map((team) => ({ value: `team:${team}`, label: text.grants.team(team) })),
  ]
}

export function holderOf(value: string): GrantHolder {
  const name = value.slice(value.indexOf(':') + 1)
  return value.startsWith('team:') ? { team: name } : { login: name }
}

const limitsInMinutes = [5, 15, 60, 240, 720]

/** Longest lifetimes to choose from, and the one that is there already; the values are seconds. */
export function limitOptions(current?: number): HolderOption[] {
  const seconds = limitsInMinutes.map((minutes) => minutes * 60)
  const all = current === undefined || seconds.includes(current) ? seconds : [...seconds, current]
  return [
    { value: '', label: text.grants.limitNone },
    ...all.map((value) => ({
      value: String(value),
      label: text.grants.limitMinutes(Math.round(value / 60)),
    })),
  ]
}

export function limitOf(value: string): { maxOpenDurationSeconds?: number } {
  return value === '' ? {} : { maxOpenDurationSeconds: Number(value) }
}

export type GivenLevel = 'read' | 'open' | 'write' | 'admin'

const givenLevels = ['read', 'open', 'write', 'admin'] as const

export const levelOptions = givenLevels.map((level) => ({ value: level, label: text.access.levels[level] }))

export const levelOptionsExplained = givenLevels.map((level) => ({
  value: level,
  label: `${text.access.levels[level]} – ${text.access.levelsMean[level]}`,
}))

export function levelOf(value: string): GivenLevel {
  return givenLevels.find((level) => level === value) ?? 'read'
}
