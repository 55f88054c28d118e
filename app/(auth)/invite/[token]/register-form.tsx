'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { text } from '@/components/messages'
import { TextField } from '@/components/ui/field'
import { loginProblem } from '@/lib/organizations/names'
import { signInAndGo } from '../../use-sign-in'
import { register } from './actions'

/** As lib/access/passwords.ts demands; the server decides. */
const leastPasswordLength = 12

export interface RegisterFormProps {
  secret: string
  /** The address that the invitation is bound to, if any. */
  email: string
}

export function RegisterForm({ secret, email }: RegisterFormProps) {
  const [values, setValues] = useState({ login: '', name: '', email, password: '' })
  const { login, password } = values
  const enter = (organization: string) =>
    signInAndGo({ login, password, returnTo: `/${organization}/environments` })
  const field = (name: keyof typeof values, problem: string | undefined) => ({
    name,
    required: true,
    value: values[name],
    error: problem,
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  })
  const typing = login === '' ? undefined : loginProblem(login)?.message
  return (
    <ActionForm
      work={() => register({ secret, ...values })}
      submit={text.members.createAccount}
      after={enter}
      ready={typing === undefined}
    >
      {(problem) => (
        <>
          <TextField
            label={text.auth.login}
            hint={text.auth.loginHint}
            autoComplete="username"
            {...field('login', problem('login') ?? typing)}
          />
          <TextField label={text.auth.name} autoComplete="name" {...field('name', problem('name'))} />
          <TextField
            label={text.auth.email}
            type="email"
            autoComplete="email"
            readOnly={email !== ''}
            {...field('email', problem('email'))}
          />
          <TextField
            label={text.auth.password}
            hint={text.auth.passwordHint(leastPasswordLength)}
            type="password"
            autoComplete="new-password"
            minLength={leastPasswordLength}
            {...field('password', problem('password'))}
          />
        </>
      )}
    </ActionForm>
  )
}
