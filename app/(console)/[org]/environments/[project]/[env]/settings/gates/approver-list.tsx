'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { text } from '@/components/messages'
import { Button, IconButton } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import type { NamedApprover } from '@/lib/approvals/approvers'

const permissions = ['environment:write', 'environment_access:update'] as const

export function approverName(approver: NamedApprover): string {
  switch (approver.kind) {
    case 'person':
      return text.gates.approver.person(approver.login)
    case 'team':
      return text.gates.approver.team(approver.team)
    case 'permission': {
      const known = permissions.find((scope) => scope === approver.scope)
      return text.gates.approver.permission(known ? text.gates.permissions[known] : approver.scope)
    }
  }
}

export interface ApproverListProps {
  label: string
  empty: string
  error?: string | undefined
  approvers: NamedApprover[]
  onChange: (approvers: NamedApprover[]) => void
}

/** People, teams and permissions, to which more are added one by one. */
export function ApproverList({ label, empty, error, approvers, onChange }: ApproverListProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-semibold">{label}</legend>
      {approvers.length === 0 ? <p className="text-muted">{empty}</p> : null}
      <ul className="flex flex-wrap gap-2">
        {approvers.map((approver) => (
          <li
            key={approverName(approver)}
            className="inline-flex items-center rounded border border-line pl-2 text-xs"
          >
            <span className="py-1 pr-1">{approverName(approver)}</span>
            <IconButton
              label={text.gates.removeApprover(approverName(approver))}
              onClick={() => onChange(approvers.filter((other) => other !== approver))}
            >
              <X aria-hidden className="size-3" />
            </IconButton>
          </li>
        ))}
      </ul>
      {error ? <p className="text-xs text-error">{error}</p> : null}
      <AddApprover onAdd={(approver) => onChange(withApprover(approvers, approver))} />
    </fieldset>
  )
}

function withApprover(approvers: NamedApprover[], added: NamedApprover): NamedApprover[] {
  const known = approvers.some((approver) => approverName(approver) === approverName(added))
  return known ? approvers : [...approvers, added]
}

const kinds = (['permission', 'person', 'team'] as const).map((value) => ({
  value,
  label: text.gates.kinds[value],
}))

const scopes = permissions.map((value) => ({ value, label: text.gates.permissions[value] }))

function AddApprover({ onAdd }: { onAdd: (approver: NamedApprover) => void }) {
  const [kind, setKind] = useState<NamedApprover['kind']>('permission')
  const [scope, setScope] = useState<(typeof permissions)[number]>('environment:write')
  const [name, setName] = useState('')
  const add = () => {
    const named = name.trim()
    if (kind === 'permission') onAdd({ kind, scope })
    else if (named !== '') onAdd(kind === 'team' ? { kind, team: named } : { kind, login: named })
    setName('')
  }
  return (
    <div className="flex flex-wrap items-end gap-2">
      <SelectField
        label={text.gates.kind}
        options={kinds}
        value={kind}
        onChange={(event) => setKind(kinds.find(({ value }) => value === event.target.value)?.value ?? kind)}
      />
      {kind === 'permission' ? (
        <SelectField
          label={text.gates.kinds.permission}
          options={scopes}
          value={scope}
          onChange={(event) =>
            setScope(permissions.find((one) => one === event.target.value) ?? 'environment:write')
          }
        />
      ) : (
        <TextField
          label={kind === 'team' ? text.gates.team : text.gates.login}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      <Button onClick={add} disabled={kind !== 'permission' && name.trim() === ''}>
        {text.gates.addApprover}
      </Button>
    </div>
  )
}
