'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { loginProblem, organizationNameProblem } from '@/lib/organizations/names'
import { signInAndGo } from '../use-sign-in'
import { createFirst } from './actions'

const empty = { code: '', login: '', name: '', email: '', password: '', organization: '' }

type FieldName = keyof typeof empty

/** As lib/access/passwords.ts demands; the server decides. */
const leastPasswordLength = 12

export function SetUpForm() {
  const router = useRouter()
  const [values, setValues] = useState(empty)
  const [refusal, setRefusal] = useState<{ field?: string; message: string }>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const outcome = await createFirst(values).catch(() => undefined)
    if (outcome?.ok) {
      const returnTo = `/${values.organization}/environments`
      await signInAndGo({ login: values.login, password: values.password, returnTo })
      return router.push('/signin')
    }
    setBusy(false)
    setRefusal(outcome ? { ...outcome, message: outcome.message || text.common.unexpected } : unreachable)
  }
  const field = (name: FieldName) => ({
    name,
    value: values[name],
    required: true,
    error: refusal?.field === name ? refusal.message : typingProblem(name, values[name]),
    onChange: (event: { target: { value: string } }) => {
      setValues({ ...values, [name]: event.target.value })
      if (refusal?.field === name) setRefusal(undefined)
    },
  })
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {refusal && !refusal.field ? <Banner tone="error">{refusal.message}</Banner> : null}
      <TextField
        label={text.auth.code}
        hint={text.auth.codeHint}
        mono
        autoComplete="off"
        {...field('code')}
      />
      <TextField
        label={text.auth.login}
        hint={text.auth.loginHint}
        autoComplete="username"
        {...field('login')}
      />
      <TextField label={text.auth.name} autoComplete="name" {...field('name')} />
      <TextField label={text.auth.email} type="email" autoComplete="email" {...field('email')} />
      <TextField
        label={text.auth.password}
        hint={text.auth.passwordHint(leastPasswordLength)}
        type="password"
        autoComplete="new-password"
        minLength={leastPasswordLength}
        {...field('password')}
      />
      <TextField
        label={text.auth.organization}
        hint={text.auth.organizationHint}
        autoComplete="organization"
        {...field('organization')}
      />
      <Button type="submit" look="primary" busy={busy} className="mt-1">
        {text.auth.setUp}
      </Button>
    </form>
  )
}

const unreachable = { message: text.common.unreachable }

function typingProblem(name: FieldName, value: string): string | undefined {
  if (value === '') return undefined
  if (name === 'login') return loginProblem(value)?.message
  if (name === 'organization') return organizationNameProblem(value)?.message
  return undefined
}
