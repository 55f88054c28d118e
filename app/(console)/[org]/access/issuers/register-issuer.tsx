'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import { TitleFields } from '@/components/access/title-fields'
import { text } from '@/components/messages'
import { TextField } from '@/components/ui/field'
import { register } from './actions'

export function RegisterIssuer({ organization }: { organization: string }) {
  return (
    <DialogButton
      label={text.issuers.register}
      button={{ look: 'primary', icon: <Plus aria-hidden className="size-4" /> }}
      title={text.issuers.register}
    >
      {(close) => <RegisterForm organization={organization} onClose={close} />}
    </DialogButton>
  )
}

function RegisterForm({ organization, onClose }: { organization: string; onClose: () => void }) {
  const [name, setName] = useState('')
  const [url, setUrl] = useState('')
  return (
    <ActionForm
      work={() => register({ organization, name, url })}
      submit={text.issuers.register}
      ready={name !== '' && url !== ''}
      after={onClose}
      onCancel={onClose}
    >
      {(problem) => (
        <>
          <TitleFields name={name} onName={setName} problem={problem} />
          <TextField
            label={text.issuers.url}
            hint={text.issuers.urlHint}
            error={problem('url')}
            type="url"
            mono
            required
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </>
      )}
    </ActionForm>
  )
}
