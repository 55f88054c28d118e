'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { text } from '@/components/messages'
import type { Outcome } from '@/components/outcome'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import { moveToImport, type NewEnvironment } from '@/lib/language/analysis'
import { joinPropertyPath } from '@/lib/language/syntax/path'
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
  const toast = useToast()
  const problem = nameProblem(name)
  const edited = moveToImport(definition, extraction.paths, name)
  const create = async (): Promise<Outcome<unknown>> => {
    if (!edited.ok) return { ok: false, code: 'invalid', message: edited.message }
    const [project = '', environment = ''] = name.split('/')
    return createDefined({
      organization,
      environments: [{ project, name: environment, definition: extraction.text }],
    })
  }
  const finish = () => {
    if (edited.ok) onEdit(edited.text)
    toast({ title: text.environments.created(name), detail: text.extract.saveToo })
    onClose()
  }
  const paths = extraction.paths.map((path) => joinPropertyPath(path.slice(1)))
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.extract.title}
      description={text.extract.body(paths.join(', '))}
    >
      <ActionForm
        work={create}
        submit={text.environments.create}
        ready={problem === undefined}
        after={finish}
        onCancel={onClose}
      >
        {() => (
          <TextField
            label={text.extract.name}
            mono
            autoFocus
            autoComplete="off"
            value={name}
            error={problem}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </ActionForm>
    </Dialog>
  )
}

function nameProblem(name: string): string | undefined {
  const [project = '', environment = '', ...rest] = name.split('/')
  if (rest.length > 0 || environment === '') return text.extract.nameForm
  return (projectNameProblem(project) ?? environmentNameProblem(environment))?.message
}
