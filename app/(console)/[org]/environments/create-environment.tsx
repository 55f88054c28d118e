'use client'

import { ChevronDown, Plus } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import type { Refusal } from '@/app/outcome'
import { templateNames } from '@/components/editor/templates'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button, IconButton } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { SelectField, TextField } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Menu, MenuChoice, MenuContent, MenuTrigger } from '@/components/ui/menu'
import { useShortcut } from '@/components/ui/shortcut'
import { environmentNameProblem, key, projectNameProblem } from '@/lib/organizations/names'
import { create } from './actions'

export interface CreateEnvironmentProps {
  organization: string
  /** Names of the projects that exist. */
  projects: string[]
  initiallyOpen: boolean
}

export function CreateEnvironment(props: CreateEnvironmentProps) {
  const [open, setOpen] = useState(props.initiallyOpen)
  useShortcut({ key: 'c' }, () => setOpen(true))
  return (
    <>
      <Button look="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => setOpen(true)}>
        {text.environments.create}
        <Kbd keys="C" className="ml-0.5 hidden sm:inline" />
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={text.environments.create}
        description={text.environments.createBody}
      >
        <CreateForm {...props} onCancel={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

const defaultProject = 'default'

type CreateFormProps = Omit<CreateEnvironmentProps, 'initiallyOpen'> & { onCancel: () => void }

function CreateForm({ organization, projects, onCancel }: CreateFormProps) {
  const router = useRouter()
  const [project, setProject] = useState(defaultProject)
  const [name, setName] = useState('')
  const [template, setTemplate] = useState<string>('blank')
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, start] = useTransition()
  const projectProblem = projectNameProblem(project)
  const nameProblem = name === '' ? undefined : environmentNameProblem(name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    start(async () => {
      const outcome = await create({ organization, project, name }).catch(() => unreachable)
      if (outcome.ok)
        router.push(template === 'blank' ? outcome.value : `${outcome.value}?template=${template}`)
      else setRefusal(outcome)
    })
  }
  const edited = (set: (value: string) => void) => (event: { target: { value: string } }) => {
    setRefusal(undefined)
    set(event.target.value)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <RefusalNote refusal={refusal} path={`/${organization}/environments/${project}/${name}`} />
      <TextField
        label={text.environments.project}
        mono
        autoComplete="off"
        required
        value={project}
        onChange={edited(setProject)}
        error={projectProblem?.message}
        hint={isNew(project, projects) ? text.environments.newProject : undefined}
        trailing={<ProjectMenu project={project} projects={projects} onChoose={setProject} />}
      />
      <TextField
        label={text.environments.name}
        mono
        autoComplete="off"
        autoFocus
        required
        value={name}
        onChange={edited(setName)}
        error={nameProblem?.message}
        hint={text.environments.nameHint}
      />
      <SelectField
        label={text.environments.startFrom}
        options={templates}
        value={template}
        onChange={(event) => setTemplate(event.target.value)}
      />
      <DialogActions>
        <Button onClick={onCancel}>{text.common.cancel}</Button>
        <Button
          type="submit"
          look="primary"
          busy={busy}
          disabled={name === '' || Boolean(projectProblem ?? nameProblem)}
        >
          {text.environments.create}
        </Button>
      </DialogActions>
    </form>
  )
}

const templates = templateNames.map((value) => ({ value, label: text.environments.templates[value] }))

const unreachable: Refusal = { ok: false, code: 'unexpected', message: text.common.unreachable }

function isNew(project: string, projects: string[]): boolean {
  return project !== '' && !projects.some((known) => key(known) === key(project))
}

interface ProjectMenuProps {
  project: string
  projects: string[]
  onChoose: (project: string) => void
}

function ProjectMenu({ project, projects, onChoose }: ProjectMenuProps) {
  if (projects.length === 0) return null
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={text.environments.existingProjects} className="size-8 border border-line">
          <ChevronDown aria-hidden className="size-4" />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuChoice
          value={project}
          options={projects.map((name) => ({ value: name, label: name }))}
          onChange={onChoose}
        />
      </MenuContent>
    </Menu>
  )
}

function RefusalNote({ refusal, path }: { refusal: Refusal | undefined; path: string }) {
  if (!refusal) return null
  if (refusal.code !== 'conflict') {
    return <Banner tone="error">{refusal.message || text.common.unexpected}</Banner>
  }
  return (
    <Banner tone="error">
      {text.environments.taken}{' '}
      <Link href={path} className="font-semibold underline">
        {text.environments.takenLink}
      </Link>
    </Banner>
  )
}
