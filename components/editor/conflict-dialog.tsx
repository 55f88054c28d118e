'use client'

import { useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { LazyDiffEditor } from './lazy'
import { conflictsIn, type MergeChoice, type MergeConflict, type MergePart, mergedText } from './merge'

export interface ConflictDialogProps {
  theirs: { revision: number; definition: string; by: string }
  parts: readonly MergePart[]
  onCancel: () => void
  /** Every conflict is decided. `edit` goes back to the editor with the result, `save` saves it on top of theirs. */
  onResolve: (merged: string, then: 'edit' | 'save') => void
}

/** Somebody saved meanwhile, and touched the same lines: each such place is decided by the person, side by side. */
export function ConflictDialog({ theirs, parts, onCancel, onResolve }: ConflictDialogProps) {
  const [choices, setChoices] = useState<readonly (MergeChoice | undefined)[]>([])
  const conflicts = conflictsIn(parts)
  const merged = mergedText(parts, choices)
  const resolve = (then: 'edit' | 'save') => {
    if (merged !== undefined) onResolve(merged, then)
  }
  return (
    <Dialog
      open
      size="xl"
      onOpenChange={(open) => {
        if (!open) onCancel()
      }}
      title={text.editor.conflictTitle}
      description={text.editor.conflictBody(theirs.revision, theirs.by)}
    >
      <ol className="flex flex-col gap-5">
        {conflicts.map((conflict, index) => {
          const title = text.editor.conflictOf(index + 1, conflicts.length)
          return (
            <li key={title}>
              <Conflict
                conflict={conflict}
                title={title}
                theirsLabel={text.editor.conflictTheirs(theirs.revision)}
                choice={choices[index]}
                onChoose={(choice) =>
                  setChoices(conflicts.map((_, at) => (at === index ? choice : choices[at])))
                }
              />
            </li>
          )
        })}
      </ol>
      {merged === undefined ? null : <Result theirs={theirs} merged={merged} />}
      <div className="mt-5">
        <DialogActions>
          <Button onClick={onCancel}>{text.editor.conflictKeepEditing}</Button>
          <Button disabled={merged === undefined} onClick={() => resolve('edit')}>
            {text.editor.conflictEdit}
          </Button>
          <Button look="primary" disabled={merged === undefined} onClick={() => resolve('save')}>
            {text.editor.save(theirs.revision + 1)}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  )
}

interface ConflictProps {
  conflict: MergeConflict
  title: string
  theirsLabel: string
  choice: MergeChoice | undefined
  onChoose: (choice: MergeChoice) => void
}

function Conflict({ conflict, title, theirsLabel, choice, onChoose }: ConflictProps) {
  const shared = { name: title, chosen: choice, onChoose }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-semibold">{title}</legend>
      <div className="grid gap-2 md:grid-cols-3">
        <div className="rounded border border-line p-2">
          <p className="text-muted">{text.editor.conflictBase}</p>
          <Lines content={conflict.base} />
        </div>
        <Option {...shared} value="theirs" label={theirsLabel} content={conflict.theirs} />
        <Option {...shared} value="mine" label={text.editor.conflictMine} content={conflict.mine} />
      </div>
      <Option {...shared} value="both" label={text.editor.conflictBoth} />
    </fieldset>
  )
}

interface OptionProps {
  name: string
  value: MergeChoice
  label: string
  content?: string
  chosen: MergeChoice | undefined
  onChoose: (choice: MergeChoice) => void
}

function Option({ name, value, label, content, chosen, onChoose }: OptionProps) {
  return (
    <label className="block min-w-0 rounded border border-line p-2 hover:bg-raised has-checked:border-accent">
      <span className="flex items-center gap-2">
        <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
        {label}
      </span>
      {content === undefined ? null : <Lines content={content} />}
    </label>
  )
}

function Lines({ content }: { content: string }) {
  if (content === '') return <p className="mt-1 text-xs text-muted">{text.editor.conflictNothing}</p>
  return <pre className="mt-1 font-mono text-xs break-all whitespace-pre-wrap">{content}</pre>
}

function Result({ theirs, merged }: Pick<ConflictDialogProps, 'theirs'> & { merged: string }) {
  const theirsLabel = text.editor.conflictTheirs(theirs.revision)
  return (
    <section aria-label={text.editor.conflictResult} className="mt-5">
      <div className="mb-1 grid grid-cols-2 gap-4 text-xs text-muted">
        <span>{theirsLabel}</span>
        <span>{text.editor.conflictResult}</span>
      </div>
      <div className="h-[32vh] rounded border border-line">
        <LazyDiffEditor
          key={merged}
          original={theirs.definition}
          modified={merged}
          originalLabel={theirsLabel}
          modifiedLabel={text.editor.conflictResult}
        />
      </div>
    </section>
  )
}
