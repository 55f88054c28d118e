'use client'

import { X } from 'lucide-react'
import { Select } from '@/components/access/select'
import { text } from '@/components/messages'
import { IconButton } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { type DraftRule, kindOf, kindOptions, whereText } from './draft-rule'
import type { RoleMaterial } from './inputs'

export interface RuleEditorProps {
  rule: DraftRule
  /** From one, for the names of its controls. */
  position: number
  material: RoleMaterial
  onChange: (rule: DraftRule) => void
  onRemove: () => void
}

export function RuleEditor({ rule, position, material, onChange, onRemove }: RuleEditorProps) {
  const levels = (['read', 'open', 'write', 'admin'] as const).map((level) => ({
    value: level,
    label: text.access.levels[level],
  }))
  const sets = material.sets.map(({ id, name }) => ({ value: id, label: text.roles.setNamed(name) }))
  return (
    <fieldset className="flex flex-wrap items-center gap-2 rounded border border-line px-2.5 py-2">
      <legend className="sr-only">{text.roles.rule(position)}</legend>
      <Select
        label={text.roles.givesOf(position)}
        options={[...levels, ...sets]}
        value={rule.gives}
        onChange={(event) => onChange({ ...rule, gives: event.target.value })}
      />
      <Condition rule={rule} position={position} material={material} onChange={onChange} />
      <Select
        label={text.roles.limitOf(position)}
        options={limits(rule.limit)}
        value={rule.limit}
        onChange={(event) => onChange({ ...rule, limit: event.target.value })}
      />
      <IconButton label={text.roles.removeRule(position)} className="ml-auto" onClick={onRemove}>
        <X aria-hidden className="size-3.5" />
      </IconButton>
    </fieldset>
  )
}

const usualLimits = ['300', '900', '3600', '14400', '43200']

function limits(current: string) {
  const all = current === '' || usualLimits.includes(current) ? usualLimits : [...usualLimits, current]
  return [
    { value: '', label: text.grants.limitNone },
    ...all.map((seconds) => ({
      value: seconds,
      label: text.grants.limitMinutes(Math.round(Number(seconds) / 60)),
    })),
  ]
}

type ConditionProps = Omit<RuleEditorProps, 'onRemove'>

function Condition({ rule, position, material, onChange }: ConditionProps) {
  if (rule.kind === 'other') return <span>{rule.other ? whereText(rule.other, material) : ''}</span>
  return (
    <>
      <Select
        label={text.roles.whereOf(position)}
        options={kindOptions}
        value={rule.kind}
        onChange={(event) => onChange({ ...rule, kind: kindOf(event.target.value), subject: '' })}
      />
      <Subject rule={rule} position={position} material={material} onChange={onChange} />
    </>
  )
}

const choose = { value: '', label: '…' }

function Subject({ rule, material, onChange }: ConditionProps) {
  const set = (subject: string) => onChange({ ...rule, subject })
  switch (rule.kind) {
    case 'environment':
      return (
        <Select
          label={text.roles.environment}
          options={[choose, ...material.environments.map(({ id, name }) => ({ value: id, label: name }))]}
          value={rule.subject}
          onChange={(event) => set(event.target.value)}
        />
      )
    case 'project':
      return (
        <Select
          label={text.roles.project}
          options={[choose, ...material.projects.map((name) => ({ value: name.toLowerCase(), label: name }))]}
          value={rule.subject}
          onChange={(event) => set(event.target.value)}
        />
      )
    case 'tag':
      return (
        <>
          <Input
            aria-label={text.roles.tagName}
            placeholder={text.roles.tagName}
            className="max-w-28 font-mono"
            maxLength={40}
            value={rule.subject}
            onChange={(event) => set(event.target.value)}
          />
          <Input
            aria-label={text.roles.tagValue}
            placeholder={text.roles.tagValue}
            title={text.roles.tagValueHint}
            className="max-w-28 font-mono"
            maxLength={256}
            value={rule.tagValue}
            onChange={(event) => onChange({ ...rule, tagValue: event.target.value })}
          />
        </>
      )
    default:
      return null
  }
}
