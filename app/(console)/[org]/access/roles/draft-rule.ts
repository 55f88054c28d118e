/** A rule while it is edited: texts of form controls, which become a rule when it is saved. */
import { text } from '@/components/messages'
import type { Where } from '@/lib/access/grants'
import type { RoleRule } from '@/lib/organizations/roles'
import type { RoleMaterial } from './inputs'

const kinds = ['every_environment', 'environment', 'project', 'tag'] as const

export type DraftKind = (typeof kinds)[number] | 'other'

export interface DraftRule {
  /** Tells rules apart while they are moved and removed. */
  key: number
  kind: DraftKind
  /** Id of an environment, name of a project, or name of a tag. */
  subject: string
  tagValue: string
  /** A level, or the id of a permission set. */
  gives: string
  /** Seconds; empty = no limit. */
  limit: string
  /** A condition that this form cannot show is kept as it is. */
  other?: Where
}

export const kindOptions = kinds.map((kind) => ({ value: kind, label: text.roles.conditions[kind] }))

export function kindOf(value: string): DraftKind {
  return kinds.find((kind) => kind === value) ?? 'every_environment'
}

export function newRule(key: number): DraftRule {
  return { key, kind: 'every_environment', subject: '', tagValue: '', gives: 'read', limit: '' }
}

export function draftOf(rule: RoleRule, key: number): DraftRule {
  const { where, level, permissionSetId, maxOpenDurationSeconds: limit } = rule
  return {
    ...newRule(key),
    ...draftOfWhere(where),
    gives: level ?? permissionSetId ?? 'read',
    limit: limit === undefined ? '' : String(limit),
  }
}

function draftOfWhere(where: Where): Partial<DraftRule> {
  switch (where.kind) {
    case 'every_environment':
      return { kind: 'every_environment' }
    case 'environment':
      return { kind: 'environment', subject: where.id }
    case 'project':
      return { kind: 'project', subject: where.key }
    case 'tag':
      return { kind: 'tag', subject: where.name, tagValue: where.value ?? '' }
    default:
      return { kind: 'other', other: where }
  }
}

const levels = ['read', 'open', 'write', 'admin'] as const

export function ruleOf(draft: DraftRule): RoleRule {
  const level = levels.find((candidate) => candidate === draft.gives)
  return {
    where: whereOf(draft),
    ...(level === undefined ? { permissionSetId: draft.gives } : { level }),
    ...(draft.limit !== '' && { maxOpenDurationSeconds: Number(draft.limit) }),
  }
}

function whereOf({ kind, subject, tagValue, other }: DraftRule): Where {
  switch (kind) {
    case 'environment':
      return { kind, id: subject }
    case 'project':
      return { kind, key: subject.toLowerCase() }
    case 'tag':
      return { kind, name: subject, ...(tagValue !== '' && { value: tagValue }) }
    case 'other':
      return other ?? { kind: 'any_of', rules: [] }
    default:
      return { kind }
  }
}

export function isComplete({ kind, subject }: DraftRule): boolean {
  return kind === 'every_environment' || kind === 'other' || subject !== ''
}

/** A condition in words; environments that the viewer may not see have no name. */
export function whereText(where: Where, material: Pick<RoleMaterial, 'environments'>): string {
  switch (where.kind) {
    case 'organization':
      return text.roles.organization
    case 'every_environment':
      return text.roles.onEvery
    case 'environment': {
      const found = material.environments.find(({ id }) => id === where.id)
      return found ? text.roles.onEnvironment(found.name) : text.roles.onHidden
    }
    case 'project':
      return text.roles.onProject(where.key)
    case 'created_by':
      return text.roles.onCreated
    case 'tag':
      return text.roles.onTag(where.value === undefined ? where.name : `${where.name}=${where.value}`)
    case 'all_of':
      return text.roles.onAll(where.rules.map((rule) => whereText(rule, material)))
    case 'any_of':
      return text.roles.onAny(where.rules.map((rule) => whereText(rule, material)))
  }
}

export function ruleText(rule: RoleRule, material: Pick<RoleMaterial, 'environments' | 'sets'>): string {
  const { level, permissionSetId, where } = rule
  const set = material.sets.find(({ id }) => id === permissionSetId)
  const gives = level === undefined ? text.roles.setNamed(set?.name ?? '') : text.access.levels[level]
  return `${gives} ${whereText(where, material)}`
}
