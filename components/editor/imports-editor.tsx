'use client'

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import Link from 'next/link'
import { type FormEvent, useId, useState } from 'react'
import { text } from '@/components/messages'
import { Button, IconButton } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import type { ParticipatingEnvironment } from '@/lib/language'
import {
  addImport,
  type EditResult,
  type ImportEntry,
  listImports,
  moveImport,
  pinImport,
  removeImport,
} from '@/lib/language/edit'

export interface ImportsEditorProps {
  organization: string
  definition: string
  onEdit: (next: string) => void
  readOnly: boolean
  /** Every environment of the last check, the one that is edited first. */
  participants: readonly ParticipatingEnvironment[]
  /** The newest revision of environments by `project/name`, as far as it is known. */
  newest: ReadonlyMap<string, number>
  /** Names that can be imported. */
  known: readonly string[]
}

/** The imports in their order, each with the revision that it resolved to. Later ones win. */
export function ImportsEditor(props: ImportsEditorProps) {
  const { definition, onEdit, readOnly } = props
  const [problem, setProblem] = useState<string>()
  const entries = listImports(definition)
  const take = (result: EditResult) => {
    setProblem(result.ok ? undefined : result.message)
    if (result.ok) onEdit(result.text)
    return result.ok
  }
  return (
    <div className="flex flex-col gap-2">
      {entries.length === 0 ? <p className="text-muted">{text.imports.none}</p> : null}
      {entries.length > 1 ? <p className="text-xs text-muted">{text.imports.order}</p> : null}
      <ol className="divide-y divide-line">
        {entries.map((entry) => (
          <ImportRow
            key={`${entry.index} ${entry.name}`}
            {...props}
            entry={entry}
            count={entries.length}
            take={take}
          />
        ))}
      </ol>
      {readOnly ? null : (
        <AddImport known={props.known} onAdd={(name) => take(addImport(definition, name))} />
      )}
      {problem ? (
        <p role="alert" className="text-xs text-error">
          {problem}
        </p>
      ) : null}
    </div>
  )
}

interface ImportRowProps extends ImportsEditorProps {
  entry: ImportEntry
  count: number
  take: (result: EditResult) => boolean
}

function ImportRow({ entry, count, take, ...props }: ImportRowProps) {
  const { organization, definition, readOnly } = props
  const { index, name } = entry
  const [path = ''] = name.split('@')
  const move = (to: number) => take(moveImport(definition, index, to))
  return (
    <li aria-label={name} className="flex min-h-9 flex-wrap items-center gap-x-2 py-1">
      <Link
        href={`/${organization}/environments/${qualified(path)}`}
        className="min-w-0 flex-[1_1_14rem] font-mono font-semibold break-words hover:text-accent hover:underline"
      >
        {name}
      </Link>
      <Revision {...props} entry={entry} take={take} />
      {readOnly ? null : (
        <span className="flex items-center">
          <IconButton label={text.imports.up(name)} disabled={index === 0} onClick={() => move(index - 1)}>
            <ArrowUp aria-hidden className="size-3.5" />
          </IconButton>
          <IconButton
            label={text.imports.down(name)}
            disabled={index === count - 1}
            onClick={() => move(index + 1)}
          >
            <ArrowDown aria-hidden className="size-3.5" />
          </IconButton>
          <IconButton label={text.imports.remove(name)} onClick={() => take(removeImport(definition, index))}>
            <X aria-hidden className="size-3.5" />
          </IconButton>
        </span>
      )}
    </li>
  )
}

/** What it resolved to; pinned ones stay there, the others follow the newest. */
function Revision({
  entry,
  participants,
  newest,
  definition,
  readOnly,
  take,
}: Omit<ImportRowProps, 'count'>) {
  const { index, name } = entry
  const [path = '', version] = name.split('@')
  const resolved = participants.find((participant) => participant.name === name)?.revision
  const latest = newest.get(qualified(path).toLowerCase())
  const pin = (to: string | undefined) => take(pinImport(definition, index, to))
  const isBehind =
    version !== undefined && resolved !== undefined && latest !== undefined && latest > resolved
  return (
    <span className="flex items-center gap-1">
      {resolved === undefined ? null : (
        <span className="text-xs whitespace-nowrap text-muted">
          {version === undefined ? text.imports.following(resolved) : text.imports.revision(resolved)}
        </span>
      )}
      {isBehind && !readOnly ? (
        <Button size="sm" onClick={() => pin(String(latest))}>
          {text.imports.update(latest)}
        </Button>
      ) : null}
      {readOnly || (version === undefined && resolved === undefined) ? null : (
        <Button
          size="sm"
          look="ghost"
          onClick={() => pin(version === undefined ? String(resolved) : undefined)}
        >
          {version === undefined ? text.imports.pin : text.imports.unpin}
        </Button>
      )}
    </span>
  )
}

function AddImport({ known, onAdd }: { known: readonly string[]; onAdd: (name: string) => boolean }) {
  const id = useId()
  const [name, setName] = useState('')
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (onAdd(name)) setName('')
  }
  return (
    <form onSubmit={add} className="flex items-center gap-2">
      <Input
        aria-label={text.imports.newName}
        placeholder={text.imports.example}
        list={id}
        value={name}
        onChange={(event) => setName(event.target.value.trim())}
        className="font-mono"
      />
      <datalist id={id}>
        {known.map((option) => (
          <option key={option} value={option} />
        ))}
      </datalist>
      <Button type="submit" size="sm" disabled={name === ''}>
        {text.imports.add}
      </Button>
    </form>
  )
}

/** A name without a project means the one called `default`. */
function qualified(path: string): string {
  return path.includes('/') ? path : `default/${path}`
}
