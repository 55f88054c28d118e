'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { deletionProtected } from '@/lib/environments/protection'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { remove } from './actions'
import { Section } from './section'

export interface DeleteFormProps {
  reference: EnvironmentReference
  usedBy: number
  isProtected: boolean
}

/** Danger is typed, not clicked twice. */
export function DeleteForm({ reference, usedBy, isProtected }: DeleteFormProps) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const [busy, run] = useAction()
  const full = `${reference.project}/${reference.name}`
  const submit = (event: FormEvent) => {
    event.preventDefault()
    run({
      work: () => remove(reference),
      done: () => text.settings.deleted(full),
      after: () => router.push(`/${reference.organization}/environments`),
    })
  }
  if (isProtected) {
    return (
      <Section title={text.settings.danger} body={text.settings.dangerBody}>
        <p className="text-warning">{deletionProtected(`${reference.organization}/${full}`)}</p>
      </Section>
    )
  }
  return (
    <Section title={text.settings.danger} body={text.settings.dangerBody}>
      {usedBy > 0 ? <Banner tone="warning">{text.settings.dangerUsed(usedBy)}</Banner> : null}
      <form onSubmit={submit} className="flex flex-col items-start gap-3">
        <div className="w-full max-w-sm">
          <TextField
            label={text.settings.confirmName(full)}
            mono
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <Button type="submit" look="danger" busy={busy} disabled={typed !== full}>
          {text.settings.delete}
        </Button>
      </form>
    </Section>
  )
}
