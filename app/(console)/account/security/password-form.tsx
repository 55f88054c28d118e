'use client'

import { type FormEvent, useState, useTransition } from 'react'
import type { Refusal } from '@/app/outcome'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import { change } from './actions'

const empty = { currentPassword: '', newPassword: '' }
const unreachable: Refusal = { ok: false, code: 'unexpected', message: text.common.unreachable }

export function PasswordForm() {
  const [values, setValues] = useState(empty)
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, start] = useTransition()
  const toast = useToast()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    start(async () => {
      const outcome = await change(values).catch(() => unreachable)
      setRefusal(outcome.ok ? undefined : outcome)
      if (!outcome.ok) return
      setValues(empty)
      toast({ title: text.account.passwordChanged })
    })
  }
  const field = (name: keyof typeof empty) => ({
    type: 'password',
    required: true,
    value: values[name],
    error: refusal?.field === name ? refusal.message : undefined,
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  })
  const general = refusal && refusal.field !== 'currentPassword' && refusal.field !== 'password'
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {general ? <Banner tone="error">{refusal.message || text.common.unexpected}</Banner> : null}
      <TextField
        label={text.account.currentPassword}
        autoComplete="current-password"
        {...field('currentPassword')}
      />
      <TextField label={text.account.newPassword} autoComplete="new-password" {...field('newPassword')} />
      <Button type="submit" busy={busy} className="self-start">
        {text.account.changePassword}
      </Button>
    </form>
  )
}
