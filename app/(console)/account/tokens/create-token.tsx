'use client'

import { Plus } from 'lucide-react'
import { type FormEvent, useState, useTransition } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Input, SelectField, TextField } from '@/components/ui/field'
import { create } from './actions'

export function CreateToken() {
  const [open, setOpen] = useState(false)
  const [value, setValue] = useState<string>()
  const change = (next: boolean) => {
    setOpen(next)
    setValue(undefined)
  }
  return (
    <>
      <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setOpen(true)}>
        {text.account.createToken}
      </Button>
      <Dialog open={open} onOpenChange={change} title={text.account.createTokenTitle}>
        {value === undefined ? (
          <CreateForm onCreated={setValue} onCancel={() => change(false)} />
        ) : (
          <ShownOnce value={value} onDone={() => change(false)} />
        )}
      </Dialog>
    </>
  )
}

const lifetimes = [30, 90, 365, 0].map((days) => ({
  value: String(days),
  label: days === 0 ? text.account.expiryNever : text.account.expiryDays(days),
}))

interface CreateFormProps {
  onCreated: (value: string) => void
  onCancel: () => void
}

function CreateForm({ onCreated, onCancel }: CreateFormProps) {
  const [description, setDescription] = useState('')
  const [days, setDays] = useState('90')
  const [refusal, setRefusal] = useState<string>()
  const [busy, start] = useTransition()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    start(async () => {
      const outcome = await create({ description, days: Number(days) }).catch(() => undefined)
      if (outcome?.ok) onCreated(outcome.value.tokenValue)
      else setRefusal(outcome ? outcome.message || text.common.unexpected : text.common.unreachable)
    })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {refusal ? <Banner tone="error">{refusal}</Banner> : null}
      <TextField
        label={text.account.description}
        hint={text.account.descriptionHint}
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
      <DialogActions>
        <Button onClick={onCancel}>{text.common.cancel}</Button>
        <Button type="submit" look="primary" busy={busy} disabled={description.trim() === ''}>
          {text.account.createToken}
        </Button>
      </DialogActions>
    </form>
  )
}

function ShownOnce({ value, onDone }: { value: string; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <Banner tone="warning">{text.account.tokenOnce}</Banner>
      <div className="flex items-center gap-2">
        <Input
          readOnly
          autoFocus
          aria-label={text.account.value}
          value={value}
          onFocus={(event) => event.target.select()}
          className="font-mono"
        />
        <CopyButton value={value} label={text.account.tokenCopy} withText className="h-8" />
      </div>
      <DialogActions>
        <Button look="primary" onClick={onDone}>
          {text.account.tokenDone}
        </Button>
      </DialogActions>
    </div>
  )
}
