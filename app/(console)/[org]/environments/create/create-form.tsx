'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { text } from '@/components/messages'
import type { Refusal } from '@/components/outcome'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { environmentNameProblem, projectNameProblem } from '@/lib/organizations/names'
import { createDefined, createEmpty } from './actions'
import { CloudForm } from './cloud-form'
import { DefinitionPreview } from './definition-preview'
import { clouds, type Draft, definitionsOf, type NewDefinition, type Start, templateOf } from './draft'
import { FileForm } from './file-form'
import { ProjectField } from './project-field'
import { RefusalNote } from './refusal-note'
import { StartChoice } from './start-choice'

export interface CreateFormProps {
  organization: string
  /** Names of the projects that exist. */
  projects: readonly string[]
  /** Names of the providers that definitions can open. */
  providers: readonly string[]
  /** URL of the issuer that clouds have to trust. */
  issuer: string
  initialStart: Start
  onCancel: () => void
}

const defaultProject = 'default'

export function CreateForm(props: CreateFormProps) {
  const { organization, projects, providers, issuer, onCancel } = props
  const [draft, setDraft] = useState<Draft>(() => ({
    start: props.initialStart,
    project: defaultProject,
    name: '',
    cloud: {},
    file: undefined,
  }))
  const { refusal, forget, busy, submit } = useCreation(organization, draft)
  const change = (part: Partial<Draft>) => {
    forget()
    setDraft((before) => ({ ...before, ...part }))
  }
  const definitions = definitionsOf(draft)
  const cloud = clouds.find((known) => known === draft.start)
  const problems = problemsOf(draft, definitions)
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <RefusalNote refusal={refusal} path={`/${organization}/environments/${draft.project}/${draft.name}`} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <ProjectField
          project={draft.project}
          projects={projects}
          problem={problems.project}
          onChange={(project) => change({ project })}
        />
        <NameField draft={draft} problem={problems.name} onChange={(name) => change({ name })} />
      </div>
      <StartChoice value={draft.start} providers={providers} onChange={(start) => change({ start })} />
      {cloud ? (
        <CloudForm
          cloud={cloud}
          fields={draft.cloud}
          onChange={(fields) => change({ cloud: fields })}
          identity={{ organization, issuer, project: draft.project, name: draft.name }}
        />
      ) : null}
      {draft.start === 'file' ? <FileForm file={draft.file} onChange={(file) => change({ file })} /> : null}
      <DefinitionPreview definitions={definitions ?? []} />
      <footer className="sticky -bottom-4 -mx-4 -mb-4 flex justify-end gap-2 border-t border-line bg-bg px-4 py-3">
        <Button onClick={onCancel}>{text.common.cancel}</Button>
        <Button type="submit" look="primary" busy={busy} disabled={problems.incomplete}>
          {draft.start === 'stages' ? text.create.createFour : text.environments.create}
        </Button>
      </footer>
    </form>
  )
}

interface NameFieldProps {
  draft: Draft
  problem: string | undefined
  onChange: (name: string) => void
}

/** A set has a name before the names of its members, which may be left out. */
function NameField({ draft, problem, onChange }: NameFieldProps) {
  const isSet = draft.start === 'stages'
  return (
    <TextField
      label={isSet ? text.create.prefix : text.environments.name}
      mono
      autoComplete="off"
      autoFocus
      required={!isSet}
      value={draft.name}
      onChange={(event) => onChange(event.target.value)}
      error={problem}
      hint={isSet ? text.create.prefixHint : text.environments.nameHint}
    />
  )
}

function problemsOf({ start, project, name }: Draft, definitions: readonly NewDefinition[] | undefined) {
  const nameIsOptional = start === 'stages'
  const projectProblem = projectNameProblem(project)?.message
  const nameProblem = name === '' ? undefined : environmentNameProblem(name)?.message
  const unnamed = name === '' && !nameIsOptional
  return {
    project: projectProblem,
    name: nameProblem,
    incomplete: unnamed || definitions === undefined || Boolean(projectProblem ?? nameProblem),
  }
}

const unreachable: Refusal = { ok: false, code: 'unexpected', message: text.common.unreachable }

function useCreation(organization: string, draft: Draft) {
  const router = useRouter()
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, start] = useTransition()
  const create = () => {
    const environments = definitionsOf(draft) ?? []
    const { project, name } = draft
    return environments.length > 0
      ? createDefined({ organization, environments })
      : createEmpty({ organization, project, name })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    start(async () => {
      const outcome = await create().catch(() => unreachable)
      if (!outcome.ok) return setRefusal(outcome)
      const template = definitionsOf(draft)?.length === 0 ? templateOf(draft) : undefined
      router.push(template === undefined ? outcome.value : `${outcome.value}?template=${template}`)
    })
  }
  return { refusal, forget: () => setRefusal(undefined), busy, submit }
}
