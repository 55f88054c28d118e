'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { Switch } from '@/components/ui/switch'
import { useAction } from '@/components/ui/use-action'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { environmentNameProblem, projectNameProblem } from '@/lib/organizations/names'
import { clone } from './actions'
import { Section } from './section'

const nothing = {
  preserveHistory: false,
  preserveAccess: false,
  preserveEnvironmentTags: false,
  preserveRevisionTags: false,
}

const choices: { name: keyof typeof nothing; label: string }[] = [
  { name: 'preserveHistory', label: text.settings.cloneHistory },
  { name: 'preserveRevisionTags', label: text.settings.cloneRevisionTags },
  { name: 'preserveEnvironmentTags', label: text.settings.cloneTags },
  { name: 'preserveAccess', label: text.settings.cloneAccess },
]

export function CloneForm({ reference }: { reference: EnvironmentReference }) {
  const router = useRouter()
  const [project, setProject] = useState(reference.project)
  const [name, setName] = useState('')
  const [kept, setKept] = useState(nothing)
  const [busy, run] = useAction()
  const nameProblem = name === '' ? undefined : environmentNameProblem(name)
  const projectProblem = projectNameProblem(project)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    run({
      work: () => clone({ ...reference, to: { project, name }, ...kept }),
      done: () => text.settings.cloned(`${project}/${name}`),
      after: () => router.push(`/${reference.organization}/environments/${project}/${name}`),
    })
  }
  return (
    <Section title={text.settings.cloneTitle} body={text.settings.cloneBody}>
      <form onSubmit={submit} className="flex flex-col items-start gap-3">
        <div className="grid w-full gap-3 sm:grid-cols-2">
          <TextField
            label={text.environments.project}
            mono
            required
            value={project}
            error={projectProblem?.message}
            onChange={(event) => setProject(event.target.value)}
          />
          <TextField
            label={text.environments.name}
            mono
            required
            value={name}
            error={nameProblem?.message}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        {choices.map((choice) => (
          <Switch
            key={choice.name}
            label={choice.label}
            checked={kept[choice.name]}
            onChange={(on) => setKept({ ...kept, [choice.name]: on })}
          />
        ))}
        <Button type="submit" busy={busy} disabled={name === '' || Boolean(nameProblem ?? projectProblem)}>
          {text.settings.clone}
        </Button>
      </form>
    </Section>
  )
}
