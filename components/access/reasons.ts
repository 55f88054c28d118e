import { text } from '@/components/messages'
import type { LevelAnswer, Reason } from '@/lib/organizations/explain'

/** One grant in words: what it comes through, and its limit. */
export function reasonText(reason: Reason): string {
  const { maxOpenDurationSeconds: limit } = reason
  const bound = limit === undefined ? '' : ` (${text.grants.limitMinutes(Math.round(limit / 60))})`
  return `${sourceText(reason)}${bound}`
}

function sourceText({ kind, team, role }: Reason): string {
  const { role: named, team: throughTeam, viaRole, viaTeam, throughNames } = text.grants
  switch (kind) {
    case 'team':
      return team === undefined ? text.grants.viaUnnamedTeam : viaTeam(team)
    case 'custom_role':
      if (role === undefined) return text.grants.viaUnnamedRole
      return team === undefined ? viaRole(role) : `${named(role)}, ${throughTeam(team)}`
    default:
      return throughNames[kind]
  }
}

/** Why somebody has a level: the grants that give it by themselves, each once. */
export function reasonsOf(levels: readonly LevelAnswer[], level: string): string {
  const answer = levels.find((candidate) => candidate.level === level)
  return [...new Set((answer?.through ?? []).map(reasonText))].join(', ')
}
