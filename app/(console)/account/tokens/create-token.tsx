'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import { lifetimes } from '@/components/access/lifetimes'
import { ShownOnce } from '@/components/access/shown-once'
import { text } from '@/components/messages'
import { SelectField, TextField } from '@/components/ui/field'
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
  const [days, setDays] = useState('90')
  const [value, setValue] = useState<string>()
  if (value !== undefined) {
    return (
      <ShownOnce
        value={value}
        label={text.account.value}
        warning={text.account.tokenOnce}
        copy={text.account.tokenCopy}
        onDone={onClose}
      />
    )
  }
  return (
    <ActionForm
      work={() => create({ description, days: Number(days) })}
      submit={text.account.createToken}
      ready={description.trim() !== ''}
      after={({ tokenValue }) => setValue(tokenValue)}
      onCancel={onClose}
    >
      {(problem) => (
        <>
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
          <SelectField
            label={text.account.expires}
            options={lifetimes}
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        </>
      )}
    </ActionForm>
  )
}
