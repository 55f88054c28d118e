'use client'

import { Plus } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { guessSecret } from '@/lib/language/convert'
import { addRow } from '@/lib/language/table'
import { type TableTools, takeEdit } from './tools'

export interface AddRowProps extends Pick<TableTools, 'definition' | 'onEdit'> {
  section: 'values' | 'environmentVariables' | 'files'
}

/** A new value; whether it is a secret is guessed until the person says so. */
export function AddRow({ section, definition, onEdit }: AddRowProps) {
  const first = useRef<HTMLInputElement>(null)
  const [path, setPath] = useState('')
  const [value, setValue] = useState('')
  const [chosen, setChosen] = useState<boolean>()
  const [problem, setProblem] = useState<string>()
  const secret = chosen ?? guessSecret(path, value)
  const add = (event: FormEvent) => {
    event.preventDefault()
    const refused = takeEdit(addRow(definition, section, { path, text: value, secret }), onEdit)
    setProblem(refused)
    if (refused !== undefined) return
    setPath('')
    setValue('')
    setChosen(undefined)
    first.current?.focus()
  }
  const { title, example } = text.table.sections[section]
  return (
    <form
      onSubmit={add}
      aria-label={text.table.addTo(title)}
      className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5"
    >
      <Input
        ref={first}
        aria-label={text.table.newPath(title)}
        placeholder={example}
        value={path}
        onChange={(event) => setPath(event.target.value.trim())}
        className="min-w-32 flex-[2] font-mono"
      />
      <Input
        aria-label={text.table.newValue(title)}
        placeholder={text.table.value}
        type={secret ? 'password' : 'text'}
        value={value}
        autoComplete={secret ? 'new-password' : 'off'}
        spellCheck={false}
        onChange={(event) => setValue(event.target.value)}
        className="min-w-32 flex-[3] font-mono"
      />
      <label className="flex items-center gap-1.5">
        <input
          type="checkbox"
          checked={secret}
          onChange={() => setChosen(!secret)}
          className="size-4 accent-accent"
        />
        {text.table.secret}
      </label>
      <Button type="submit" size="sm" icon={<Plus aria-hidden className="size-3.5" />} disabled={path === ''}>
        {text.table.add}
      </Button>
      {problem ? (
        <p role="alert" className="w-full text-xs text-error">
          {problem}
        </p>
      ) : null}
    </form>
  )
}
