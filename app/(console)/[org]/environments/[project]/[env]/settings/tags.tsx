'use client'

import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { text } from '@/components/messages'
import { Button, IconButton } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import type { EnvironmentTagSummary } from '@/lib/environments/environment-tags'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { addTag, removeTag } from './actions'
import { Section } from './section'

export interface TagsProps {
  reference: EnvironmentReference
  tags: EnvironmentTagSummary[]
  mayWrite: boolean
}

export function Tags({ reference, tags, mayWrite }: TagsProps) {
  const [busy, run] = useAction()
  return (
    <Section title={text.settings.tags} body={text.settings.tagsBody}>
      {tags.length > 0 ? (
        <ul className="flex flex-wrap gap-2">
          {tags.map(({ name, value }) => (
            <li
              key={name}
              className="inline-flex items-center rounded border border-line pl-2 font-mono text-xs"
            >
              <span className="py-1 pr-2">
                {name}={value}
              </span>
              {mayWrite ? (
                <IconButton
                  label={text.settings.removeTag(name)}
                  disabled={busy}
                  onClick={() => run({ work: () => removeTag({ ...reference, tag: name }) })}
                >
                  <X aria-hidden className="size-3" />
                </IconButton>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {mayWrite ? <AddTag reference={reference} /> : null}
    </Section>
  )
}

function AddTag({ reference }: { reference: EnvironmentReference }) {
  const [tag, setTag] = useState('')
  const [value, setValue] = useState('')
  const [busy, run] = useAction()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const clear = () => {
      setTag('')
      setValue('')
    }
    run({ work: () => addTag({ ...reference, tag, value }), after: clear })
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <TextField
        label={text.settings.tagName}
        mono
        required
        maxLength={40}
        value={tag}
        onChange={(event) => setTag(event.target.value)}
      />
      <TextField
        label={text.settings.tagValue}
        mono
        maxLength={256}
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <Button type="submit" busy={busy} disabled={tag === ''}>
        {text.settings.addTag}
      </Button>
    </form>
  )
}
