'use client'

import { type ReactNode, useState } from 'react'
import { text } from '@/components/messages'
import type { Outcome } from '@/components/outcome'
import { SelectField } from '@/components/ui/field'
import { ActionForm } from './action-form'
import { lifetimes } from './lifetimes'
import { ShownOnce } from './shown-once'

export interface TokenFormProps {
  submit: string
  ready: boolean
  /** @param days that the token lives; 0 = until it is revoked */
  create: (days: number) => Promise<Outcome<{ tokenValue: string }>>
  /** What stands above the lifetime. */
  children: (problem: (field: string) => string | undefined) => ReactNode
  onClose: () => void
}

/** Makes an access token of any kind, then shows its value this once. */
export function TokenForm({ submit, ready, create, children, onClose }: TokenFormProps) {
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
      work={() => create(Number(days))}
      submit={submit}
      ready={ready}
      after={({ tokenValue }) => setValue(tokenValue)}
      onCancel={onClose}
    >
      {(problem) => (
        <>
          {children(problem)}
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
