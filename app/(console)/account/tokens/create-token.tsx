'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { DialogButton } from '@/components/access/dialog-button'
import { TokenForm } from '@/components/access/token-form'
import { text } from '@/components/messages'
import { TextField } from '@/components/ui/field'
import { create } from './actions'

export function CreateToken() {
  return (
    <DialogButton
      label={text.account.createToken}
      button={{ look: 'primary', icon: <Plus aria-hidden className="size-4" /> }}
      title={text.account.createTokenTitle}
    >
      {(close) => <CreateForm onClose={close} />}
    </DialogButton>
  )
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const [description, setDescription] = useState('')
  return (
    <TokenForm
      create={(days) => create({ description, days })}
      submit={text.account.createToken}
      ready={description.trim() !== ''}
      onClose={onClose}
    >
      {(problem) => (
        <TextField
          label={text.account.description}
          hint={text.account.descriptionHint}
          error={problem('description')}
          autoFocus
          required
          maxLength={200}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      )}
    </TokenForm>
  )
}
