'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { TextField } from '@/components/ui/field'
import { organizationNameProblem } from '@/lib/organizations/names'
import { create } from './actions'

export function CreateOrganization() {
  return (
    <DialogButton
      label={text.organization.create}
      button={{ icon: <Plus aria-hidden className="size-4" /> }}
      title={text.organization.create}
      description={text.organization.createBody}
    >
      {(close) => <CreateForm onCancel={close} />}
    </DialogButton>
  )
}

function CreateForm({ onCancel }: { onCancel: () => void }) {
  const router = useRouter()
  const [name, setName] = useState('')
  const [displayName, setDisplayName] = useState('')
  const typing = name === '' ? undefined : organizationNameProblem(name)?.message
  return (
    <ActionForm
      work={() => create({ name, displayName })}
      submit={text.organization.create}
      ready={name !== '' && typing === undefined}
      after={(made) => router.push(`/${made}/environments`)}
      onCancel={onCancel}
    >
      {(problem) => (
        <>
          <TextField
            label={text.organization.name}
            hint={text.organization.nameHint}
            error={problem('name') ?? typing}
            mono
            autoFocus
            required
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={text.organization.displayName}
            maxLength={100}
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
          />
        </>
      )}
    </ActionForm>
  )
}
