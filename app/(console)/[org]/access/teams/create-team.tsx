'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { TextField } from '@/components/ui/field'
import { teamNameProblem } from '@/lib/organizations/names'
import { create } from './actions'

export function CreateTeam({ organization }: { organization: string }) {
  return (
    <DialogButton
      label={text.teams.create}
      button={{ look: 'primary', icon: <Plus aria-hidden className="size-4" /> }}
      title={text.teams.create}
      description={text.teams.createBody}
    >
      {(close) => <CreateForm organization={organization} onCancel={close} />}
    </DialogButton>
  )
}

function CreateForm({ organization, onCancel }: { organization: string; onCancel: () => void }) {
  const router = useRouter()
  const [name, setName] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [description, setDescription] = useState('')
  const typing = name === '' ? undefined : teamNameProblem(name)?.message
  return (
    <ActionForm
      work={() => create({ organization, name, displayName, description })}
      submit={text.teams.create}
      ready={name !== '' && typing === undefined}
      after={(made) => router.push(`/${organization}/access/teams/${made}`)}
      onCancel={onCancel}
    >
      {(problem) => (
        <>
          <TextField
            label={text.teams.name}
            hint={text.teams.nameHint}
            error={problem('name') ?? typing}
            mono
            autoComplete="off"
            autoFocus
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={text.teams.displayName}
            maxLength={100}
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
          />
          <TextField
            label={text.teams.description}
            maxLength={500}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        </>
      )}
    </ActionForm>
  )
}
