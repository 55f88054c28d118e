'use client'

import { signIn } from 'next-auth/react'
import { type FormEvent, useState } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { signInAndGo } from '../use-sign-in'

export interface SignInFormProps {
  returnTo: string
  initialError: string | undefined
  /** Single sign-on, in the order of its buttons. */
  providers: { id: string; name: string }[]
  /** Whether passwords sign people in. */
  passwords: boolean
}

export function SignInForm({ returnTo, initialError, providers, passwords }: SignInFormProps) {
  const [error, setError] = useState(initialError)
  return (
    <div className="flex flex-col gap-4">
      {error ? <Banner tone="error">{explain(error)}</Banner> : null}
      {passwords ? <PasswordForm returnTo={returnTo} onRefused={setError} /> : null}
      {providers.map(({ id, name }) => (
        <Button key={id} onClick={() => void signIn(id, { callbackUrl: returnTo })}>
          {text.auth.sso(name)}
        </Button>
      ))}
      {passwords ? <p className="text-xs text-muted">{text.auth.forgotPassword}</p> : null}
    </div>
  )
}

interface PasswordFormProps {
  returnTo: string
  onRefused: (error: string) => void
}

function PasswordForm({ returnTo, onRefused }: PasswordFormProps) {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    onRefused(await signInAndGo({ login, password, returnTo }).catch(() => 'unavailable'))
    setBusy(false)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={text.auth.loginOrEmail}
        name="login"
        autoComplete="username"
        required
        value={login}
        onChange={(event) => setLogin(event.target.value)}
      />
      <TextField
        label={text.auth.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" busy={busy}>
        {text.auth.signIn}
      </Button>
    </form>
  )
}

/** next-auth's code for a refused password, and the codes that app/auth.ts passes through it. */
function explain(code: string): string {
  switch (code) {
    case 'CredentialsSignin':
      return text.auth.signInFailed
    case 'locked_out':
      return text.auth.signInLocked
    case 'link_required':
      return text.auth.signInLink
    case 'not_invited':
      return text.auth.signInNotInvited
    default:
      return text.common.unreachable
  }
}
