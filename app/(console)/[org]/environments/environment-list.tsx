'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'
import type { BrowseGroup, BrowsePage } from '@/lib/environments/browse'
import { EnvironmentRow } from './environment-row'
import { type ListView, viewHref } from './list-view'
import { walkRows } from './row-keys'

export interface EnvironmentListProps {
  page: BrowsePage
  view: ListView
}

export function EnvironmentList({ page, view }: EnvironmentListProps) {
  useEffect(() => {
    window.addEventListener('keydown', walkRows)
    return () => window.removeEventListener('keydown', walkRows)
  }, [])
  return (
    <div className="pb-6">
      {page.groups.map((group) => (
        <Group key={group.title ?? ''} group={group} view={view} />
      ))}
      <Paging view={view} next={page.next} />
    </div>
  )
}

function Paging({ view, next }: { view: ListView; next: string | undefined }) {
  if (next === undefined && view.after === undefined) return null
  return (
    <nav aria-label={text.environments.pages} className="flex gap-2 px-4 pt-4">
      {view.after === undefined ? null : (
        <Link href={viewHref(view)} className={buttonClass()}>
          {text.environments.firstPage}
        </Link>
      )}
      {next === undefined ? null : (
        <Link href={viewHref(view, { after: next })} className={buttonClass()}>
          {text.environments.nextPage}
        </Link>
      )}
    </nav>
  )
}

function Group({ group, view }: { group: BrowseGroup; view: ListView }) {
  const [expanded, setExpanded] = useState(true)
  const { environments, total } = group
  const rows = (
    <ul>
      {environments.map((environment) => (
        <EnvironmentRow
          key={environment.id}
          environment={environment}
          withProject={view.group !== 'project'}
        />
      ))}
    </ul>
  )
  if (view.group === 'none') return rows
  const title = group.title ?? text.environments.withoutTag(view.group.replace(/^tag:/, ''))
  const Icon = expanded ? ChevronDown : ChevronRight
  return (
    <section aria-label={title}>
      <h2 className="sticky top-0 z-10 border-b border-line bg-raised">
        <button
          type="button"
          aria-expanded={expanded}
          onClick={() => setExpanded(!expanded)}
          className="flex h-8 w-full items-center gap-1.5 px-3 text-left"
        >
          <Icon aria-hidden className="size-4 text-muted" />
          <span className={group.title === undefined ? 'text-muted' : 'font-semibold'}>{title}</span>
          <span className="text-xs text-muted">
            {environments.length === total ? total : text.environments.someOf(environments.length, total)}
          </span>
        </button>
      </h2>
      {expanded ? rows : null}
    </section>
  )
}
