'use client'

import { type FormEvent, useState, useTransition } from 'react'
import { text } from '@/components/messages'
import type { Refusal } from '@/components/outcome'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import { joinPropertyPath } from '@/lib/language'
import { moveToImport, type NewEnvironment } from '@/lib/language/analysis'
import { environmentNameProblem, projectNameProblem } from '@/lib/organizations/names'
import { createDefined } from '../../create/actions'

export interface ExtractDialogProps {
  organization: string
  definition: string
  extraction: NewEnvironment
  onEdit: (next: string) => void
  onClose: () => void
}

/** Creates an environment of the chosen values, and imports it in their place. */
export function ExtractDialog(props: ExtractDialogProps) {
  const { organization, definition, extraction, onEdit, onClose } = props
  const [name, setName] = useState(extraction.suggestedName)
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, start] = useTransition()
  const toast = useToast()
  const problem = nameProblem(name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const edited = moveToImport(definition, extraction.paths, name)
    if (!edited.ok) return setRefusal({ ok: false, code: 'invalid', message: edited.message })
    start(async () => {
      const [project = '', environment = ''] = name.split('/')
      const environments = [{ project, name: environment, definition: extraction.text }]
      const outcome = await createDefined({ organization, environments }).catch(() => undefined)
      if (!outcome?.ok) return setRefusal(outcome ?? unreachable)
      onEdit(edited.text)
      toast({ title: text.environments.created(name), detail: text.extract.saveToo })
      onClose()
    })
  }
  const paths = extraction.paths.map((path) => joinPropertyPath(path.slice(1)))
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.extract.title}
      description={text.extract.body(paths.join(', '))}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {refusal ? <Banner tone="error">{refusal.message || text.common.unexpected}</Banner> : null}
        <TextField
          label={text.extract.name}
          mono
          autoFocus
          autoComplete="off"
          value={name}
          error={problem}
          onChange={(event) => setName(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" look="primary" busy={busy} disabled={problem !== undefined}>
            {text.environments.create}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

const unreachable: Refusal = { ok: false, code: 'unexpected', message: text.common.unreachable }

function nameProblem(name: string): string | undefined {
  const [project = '', environment = '', ...rest] = name.split('/')
  if (rest.length > 0 || environment === '') return text.extract.nameForm
  return (projectNameProblem(project) ?? environmentNameProblem(environment))?.message
}
