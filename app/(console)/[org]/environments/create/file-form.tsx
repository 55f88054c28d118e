'use client'

import { FileUp } from 'lucide-react'
import { useId, useState } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { cx } from '@/components/ui/cx'
import { HiddenSecret } from '@/components/ui/hidden-secret'
import { type FileProblem, type FileValue, readFile } from '@/lib/language/convert'
import { joinPropertyPath } from '@/lib/language/syntax/path'
import type { Draft } from './draft'

export interface FileFormProps {
  file: Draft['file']
  onChange: (file: Draft['file']) => void
}

/** A file that is read here, in the browser; what it holds is sent only when the environment is created. */
export function FileForm({ file, onChange }: FileFormProps) {
  const [problem, setProblem] = useState<FileProblem & { name: string }>()
  const read = async (chosen: File) => {
    const { name } = chosen
    const content = readFile({ name, text: await chosen.text() })
    setProblem(content.ok ? undefined : { ...content, name })
    if (!content.ok) return onChange(undefined)
    onChange({ name, content, secrets: new Set(content.values.filter(({ looksSecret }) => looksSecret)) })
  }
  return (
    <section className="flex flex-col gap-3">
      <DropArea name={file?.name} onFile={read} />
      {problem ? (
        <Banner tone="error" title={text.create.unreadable(problem.name)}>
          {problem.line === undefined ? problem.message : text.create.atLine(problem.line, problem.message)}
        </Banner>
      ) : null}
      {file ? (
        <ValueList
          values={file.content.values}
          secrets={file.secrets}
          onChange={(secrets) => onChange({ ...file, secrets })}
        />
      ) : null}
    </section>
  )
}

function DropArea({ name, onFile }: { name: string | undefined; onFile: (file: File) => void }) {
  const id = useId()
  const [over, setOver] = useState(false)
  const first = (files: FileList | null) => {
    const file = files?.[0]
    if (file) onFile(file)
  }
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        first(event.dataTransfer.files)
      }}
      className={cx(
        'flex cursor-pointer flex-col items-center gap-1 rounded border border-dashed px-4 py-5 text-center hover:border-line-strong',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
        over ? 'border-accent bg-selected' : 'border-line-strong/60',
      )}
    >
      <FileUp aria-hidden className="size-5 text-muted" />
      <span className="font-semibold">{name ?? text.create.chooseFile}</span>
      <span className="text-xs text-muted">{text.create.chooseFileHint}</span>
      <input
        id={id}
        type="file"
        className="sr-only"
        onChange={(event) => {
          first(event.target.files)
          // The same file may be chosen again once it is corrected.
          event.target.value = ''
        }}
      />
    </label>
  )
}

interface ValueListProps {
  values: readonly FileValue[]
  secrets: ReadonlySet<FileValue>
  onChange: (secrets: ReadonlySet<FileValue>) => void
}

function ValueList({ values, secrets, onChange }: ValueListProps) {
  const toggle = (value: FileValue) => {
    const next = new Set(secrets)
    if (!next.delete(value)) next.add(value)
    onChange(next)
  }
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-semibold">{text.create.values(values.length, secrets.size)}</legend>
      <p className="text-xs text-muted">{text.create.valuesHint}</p>
      <ul className="max-h-64 divide-y divide-line overflow-y-auto rounded border border-line">
        {values.map((value) => {
          const path = joinPropertyPath(value.path)
          const secret = secrets.has(value)
          return (
            <li key={path}>
              <label className="grid min-h-8 cursor-pointer grid-cols-[auto_minmax(0,1fr)_minmax(0,1fr)] items-center gap-3 px-3 py-1 hover:bg-raised">
                <input
                  type="checkbox"
                  checked={secret}
                  disabled={!value.mayBeSecret}
                  onChange={() => toggle(value)}
                  aria-label={text.create.asSecret(path)}
                  className="size-4 accent-accent"
                />
                <span className="truncate font-mono">{path}</span>
                {secret ? (
                  <HiddenSecret />
                ) : (
                  <span className="truncate font-mono text-muted">{value.text}</span>
                )}
              </label>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}
