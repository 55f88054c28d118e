'use client'

import { ChevronDown, ChevronRight, Shield } from 'lucide-react'
import Link from 'next/link'
import { useMemo, useState } from 'react'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { buttonClass } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'
import type { EnvironmentSummary } from '@/lib/environments/summary'

export interface EnvironmentListProps {
  environments: EnvironmentSummary[]
  /** Where the next page begins, when there is one. */
  next: string | undefined
  search: string
}

export function EnvironmentList({ environments, next, search }: EnvironmentListProps) {
  const groups = useMemo(() => byProject(environments), [environments])
  return (
    <div className="pb-6">
      {groups.map(([project, members]) => (
        <ProjectGroup key={project} project={project} environments={members} />
      ))}
      {next ? (
        <Link
          href={`?${new URLSearchParams({ ...(search && { q: search }), after: next })}`}
          className={`${buttonClass()} mt-4 ml-4`}
        >
          {text.environments.loadMore}
        </Link>
      ) : null}
    </div>
  )
}

function byProject(environments: EnvironmentSummary[]): [string, EnvironmentSummary[]][] {
  const groups = new Map<string, EnvironmentSummary[]>()
  for (const environment of environments) {
    const key = environment.project.toLowerCase()
    const members = groups.get(key)
    if (members) members.push(environment)
    else groups.set(key, [environment])
  }
  return [...groups.values()].map((members) => [members[0]?.project ?? '', members])
}

function ProjectGroup({ project, environments }: { project: string; environments: EnvironmentSummary[] }) {
  const [expanded, setExpanded] = useState(true)
  const Icon = expanded ? ChevronDown : ChevronRight
  return (
    <section aria-label={text.environments.collapse(project)}>
      <h2 className="sticky top-0 z-10 border-b border-line bg-raised">
        <button
          type="button"
          aria-expanded={expanded}
          onClick={() => setExpanded(!expanded)}
          className="flex h-8 w-full items-center gap-1.5 px-3 text-left"
        >
          <Icon aria-hidden className="size-4 text-muted" />
          <span className="font-semibold">{project}</span>
          <span className="text-xs text-muted">{environments.length}</span>
        </button>
      </h2>
      {expanded ? (
        <ul>
          {environments.map((environment) => (
            <EnvironmentRow key={environment.id} environment={environment} />
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function EnvironmentRow({ environment }: { environment: EnvironmentSummary }) {
  const { organization, project, name, latestRevision, owner, usedBy, tags, modifiedAt, modifiedBy } =
    environment
  return (
    <li className="relative grid min-h-8 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 border-b border-line px-4 py-1 hover:bg-raised md:grid-cols-[minmax(0,2fr)_4rem_minmax(0,1fr)_6rem_minmax(0,1.4fr)]">
      <span className="flex min-w-0 items-center gap-2 pl-1.5">
        <Link
          href={`/${organization}/environments/${project}/${name}`}
          className="truncate font-mono font-semibold after:absolute after:inset-0 hover:text-accent"
        >
          {name}
        </Link>
        {environment.deletionProtected ? <Protected /> : null}
        <Tags tags={tags} />
      </span>
      <span className="hidden text-muted md:block">{text.environments.latest(latestRevision)}</span>
      <span className="hidden truncate text-muted md:block">
        {owner.login ? text.environments.owner(owner.login) : ''}
      </span>
      <span className="hidden text-muted md:block">{usedBy ? text.environments.usedBy(usedBy) : ''}</span>
      <span className="truncate text-right text-muted">
        <Ago at={modifiedAt} /> {modifiedBy.login ? text.environments.by(modifiedBy.login) : ''}
      </span>
    </li>
  )
}

function Protected() {
  return (
    <Tooltip content={text.environments.deleteProtected}>
      <span className="relative z-10 text-warning">
        <Shield aria-hidden className="size-3.5" />
        <span className="sr-only">{text.environments.deleteProtected}</span>
      </span>
    </Tooltip>
  )
}

function Tags({ tags }: { tags: Record<string, string> }) {
  return Object.entries(tags).map(([name, value]) => (
    <span
      key={name}
      className="hidden truncate rounded border border-line px-1.5 font-mono text-xs text-muted sm:inline"
    >
      {value ? `${name}=${value}` : name}
    </span>
  ))
}
