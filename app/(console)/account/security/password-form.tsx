'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { text } from '@/components/messages'
import { TextField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import { change } from './actions'

const empty = { currentPassword: '', newPassword: '' }

export function PasswordForm() {
  const [values, setValues] = useState(empty)
  const toast = useToast()
  const field = (name: keyof typeof empty) => ({
    type: 'password',
    required: true,
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  })
  return (
    <ActionForm
      work={() => change(values)}
      submit={text.account.changePassword}
      look="secondary"
      after={() => {
        setValues(empty)
        toast({ title: text.account.passwordChanged })
      }}
    >
      {(problem) => (
        <>
          <TextField
            label={text.account.currentPassword}
            autoComplete="current-password"
            error={problem('currentPassword')}
            {...field('currentPassword')}
          />
          <TextField
            label={text.account.newPassword}
            autoComplete="new-password"
            error={problem('newPassword') ?? problem('password')}
            {...field('newPassword')}
          />
        </>
      )}
    </ActionForm>
  )
}
