'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { ChoiceList } from '@/components/access/choice-list'
import { text } from '@/components/messages'
import { TextField } from '@/components/ui/field'
import { Switch } from '@/components/ui/switch'
import { useToast } from '@/components/ui/toast'
import type { GateFields, GateSummary } from '@/lib/approvals/gates'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { saveGate } from './actions'
import { ApproverList } from './approver-list'

const fresh: GateFields = {
  title: '',
  enabled: true,
  actions: ['update'],
  approvalsRequired: 1,
  allowSelfApproval: false,
  reapproveOnChange: true,
  approvers: [{ kind: 'permission', scope: 'environment:write' }],
  bypassers: [],
}

const actions = (['update', 'open'] as const).map((value) => ({ value, label: text.gates.actions[value] }))

export interface GateFormProps {
  reference: EnvironmentReference
  /** Absent = a new one. */
  gate?: GateSummary
  onDone: () => void
}

export function GateForm({ reference, gate, onDone }: GateFormProps) {
  const [fields, setFields] = useState<GateFields>(gate ?? fresh)
  const toast = useToast()
  const set = (change: Partial<GateFields>) => setFields({ ...fields, ...change })
  const after = () => {
    toast({ title: text.gates.saved })
    onDone()
  }
  const { organization, project, name } = reference
  const place = { organization, project, name, ...(gate && { id: gate.id }) }
  const ready = fields.title.trim() !== '' && fields.actions.length > 0 && fields.approvers.length > 0
  return (
    <ActionForm
      work={() => saveGate({ ...fields, ...place })}
      submit={text.gates.save}
      ready={ready}
      after={after}
      onCancel={onDone}
    >
      {(problem) => (
        <>
          <Basics fields={fields} set={set} problem={problem} />
          <ApproverList
            label={text.gates.who}
            empty={text.gates.whoEmpty}
            error={problem('approvers')}
            approvers={fields.approvers}
            onChange={(approvers) => set({ approvers })}
          />
          <ApproverList
            label={text.gates.bypass}
            empty={text.gates.bypassEmpty}
            error={problem('bypassers')}
            approvers={fields.bypassers}
            onChange={(bypassers) => set({ bypassers })}
          />
        </>
      )}
    </ActionForm>
  )
}

interface BasicsProps {
  fields: GateFields
  set: (change: Partial<GateFields>) => void
  problem: (field: string) => string | undefined
}

function Basics({ fields, set, problem }: BasicsProps) {
  const chosen = (values: string[]) =>
    set({ actions: actions.flatMap(({ value }) => (values.includes(value) ? [value] : [])) })
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-[1fr_10rem]">
        <TextField
          label={text.gates.name}
          hint={text.gates.nameHint}
          error={problem('title')}
          autoFocus
          required
          maxLength={100}
          value={fields.title}
          onChange={(event) => set({ title: event.target.value })}
        />
        <TextField
          label={text.gates.count}
          type="number"
          min={1}
          max={10}
          error={problem('approvalsRequired')}
          value={fields.approvalsRequired}
          onChange={(event) => set({ approvalsRequired: Number(event.target.value) })}
        />
      </div>
      <ChoiceList label={text.gates.what} options={actions} chosen={fields.actions} onChange={chosen} />
      <div className="flex flex-col gap-2">
        <Switch
          label={text.gates.enabled}
          checked={fields.enabled}
          onChange={(enabled) => set({ enabled })}
        />
        <Switch
          label={text.gates.self}
          checked={fields.allowSelfApproval}
          onChange={(allowSelfApproval) => set({ allowSelfApproval })}
        />
        <Switch
          label={text.gates.reapprove}
          checked={fields.reapproveOnChange}
          onChange={(reapproveOnChange) => set({ reapproveOnChange })}
        />
      </div>
    </>
  )
}
