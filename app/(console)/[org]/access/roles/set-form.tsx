'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { ChoiceList } from '@/components/access/choice-list'
import { text } from '@/components/messages'
import { TextField } from '@/components/ui/field'
import { environmentScopes } from '@/lib/access/scopes'
import type { PermissionSetSummary } from '@/lib/organizations/permission-sets'
import { saveSet } from './actions'

const options = Object.entries(environmentScopes).map(([value, { description }]) => ({
  value,
  label: description,
  hint: value,
}))

export interface SetFormProps {
  organization: string
  /** Absent = a new one. */
  set?: PermissionSetSummary
  onClose: () => void
}

export function SetForm({ organization, set, onClose }: SetFormProps) {
  const [name, setName] = useState(set?.name ?? '')
  const [description, setDescription] = useState(set?.description ?? '')
  const [scopes, setScopes] = useState<string[]>(set?.scopes ?? ['environment:list', 'environment:read'])
  return (
    <ActionForm
      work={() => saveSet({ organization, ...(set && { id: set.id }), name, description, scopes })}
      submit={set ? text.roles.saveSet : text.roles.createSet}
      ready={name !== '' && scopes.length > 0}
      after={onClose}
      onCancel={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label={text.roles.name}
            error={problem('name')}
            autoFocus
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={text.roles.description}
            maxLength={500}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
          <ChoiceList label={text.roles.setScopes} options={options} chosen={scopes} onChange={setScopes} />
        </>
      )}
    </ActionForm>
  )
}
