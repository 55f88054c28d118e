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
  /** Name of the provider, when one is configured. */
  singleSignOn: string | undefined
}

export function SignInForm({ returnTo, initialError, singleSignOn }: SignInFormProps) {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState(initialError)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(await signInAndGo({ login, password, returnTo }).catch(() => 'unavailable'))
    setBusy(false)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {error ? <Banner tone="error">{explain(error)}</Banner> : null}
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
      {singleSignOn ? (
        <Button onClick={() => void signIn(providerId, { callbackUrl: returnTo })}>
          {text.auth.sso(singleSignOn)}
        </Button>
      ) : null}
      <p className="text-xs text-muted">{text.auth.forgotPassword}</p>
    </form>
  )
}

/** As app/auth.ts names it. */
const providerId = 'oidc'

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
