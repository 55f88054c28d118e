'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { ChoiceList } from '@/components/access/choice-list'
import { TitleFields } from '@/components/access/title-fields'
import { text } from '@/components/messages'
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
          <TitleFields
            name={name}
            onName={setName}
            description={{ value: description, onChange: setDescription }}
            problem={problem}
          />
          <ChoiceList label={text.roles.setScopes} options={options} chosen={scopes} onChange={setScopes} />
        </>
      )}
    </ActionForm>
  )
}
