'use client'

import { ChevronDown } from 'lucide-react'
import { text } from '@/components/messages'
import { IconButton } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { Menu, MenuChoice, MenuContent, MenuTrigger } from '@/components/ui/menu'
import { key } from '@/lib/organizations/names'

export interface ProjectFieldProps {
  project: string
  projects: readonly string[]
  problem: string | undefined
  onChange: (project: string) => void
}

/** One of the projects that exist, or a new one. */
export function ProjectField({ project, projects, problem, onChange }: ProjectFieldProps) {
  return (
    <TextField
      label={text.environments.project}
      mono
      autoComplete="off"
      required
      value={project}
      onChange={(event) => onChange(event.target.value)}
      error={problem}
      hint={isNew(project, projects) ? text.environments.newProject : undefined}
      trailing={<ProjectMenu project={project} projects={projects} onChange={onChange} />}
    />
  )
}

function isNew(project: string, projects: readonly string[]): boolean {
  return project !== '' && !projects.some((known) => key(known) === key(project))
}

function ProjectMenu({ project, projects, onChange }: Omit<ProjectFieldProps, 'problem'>) {
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
          onChange={onChange}
        />
      </MenuContent>
    </Menu>
  )
}
