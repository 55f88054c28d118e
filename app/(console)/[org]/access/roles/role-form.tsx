'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { ChoiceList } from '@/components/access/choice-list'
import { TitleFields } from '@/components/access/title-fields'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import type { RoleSummary } from '@/lib/organizations/roles'
import { saveRole } from './actions'
import { type DraftRule, draftOf, isComplete, newRule, ruleOf } from './draft-rule'
import type { RoleMaterial } from './inputs'
import { RuleEditor } from './rule-editor'

export interface RoleFormProps {
  material: RoleMaterial
  /** Absent = a new one. */
  role?: RoleSummary
  onClose: () => void
}

export function RoleForm({ material, role, onClose }: RoleFormProps) {
  const [name, setName] = useState(role?.name ?? '')
  const [description, setDescription] = useState(role?.description ?? '')
  const [scopes, setScopes] = useState<string[]>(role?.organizationScopes ?? ['organization:read'])
  const [rules, setRules] = useState<DraftRule[]>(() => (role ? role.rules.map(draftOf) : [newRule(0)]))
  const save = () =>
    saveRole({
      organization: material.organization,
      ...(role && { id: role.id }),
      name,
      description,
      organizationScopes: scopes,
      rules: rules.map(ruleOf),
    })
  return (
    <ActionForm
      work={save}
      submit={role ? text.roles.save : text.roles.create}
      ready={name !== '' && rules.every(isComplete)}
      after={onClose}
      onCancel={onClose}
    >
      {(problem) => (
        <>
          <TitleFields
            name={name}
            onName={setName}
            description={{ value: description, onChange: setDescription }}
            problem={problem}
          />
          <RuleList material={material} rules={rules} onChange={setRules} />
          <ChoiceList
            label={text.roles.scopes}
            options={material.organizationScopes}
            chosen={scopes}
            onChange={setScopes}
          />
        </>
      )}
    </ActionForm>
  )
}

interface RuleListProps {
  material: RoleMaterial
  rules: DraftRule[]
  onChange: (rules: DraftRule[]) => void
}

function RuleList({ material, rules, onChange }: RuleListProps) {
  const add = () => onChange([...rules, newRule(Math.max(-1, ...rules.map(({ key }) => key)) + 1)])
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-semibold">{text.roles.rules}</legend>
      {rules.map((rule, at) => (
        <RuleEditor
          key={rule.key}
          rule={rule}
          position={at + 1}
          material={material}
          onChange={(next) => onChange(rules.map((other) => (other.key === rule.key ? next : other)))}
          onRemove={() => onChange(rules.filter((other) => other.key !== rule.key))}
        />
      ))}
      <div>
        <Button size="sm" onClick={add}>
          {text.roles.addRule}
        </Button>
      </div>
    </fieldset>
  )
}
