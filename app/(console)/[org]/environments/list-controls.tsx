'use client'

import { ChevronDown, X } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { text } from '@/components/messages'
import { Button, buttonClass } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Menu, MenuChoice, MenuContent, MenuTrigger } from '@/components/ui/menu'
import { everything, isFiltered, type ListView, orders, viewHref } from './list-view'

export interface ListControlsProps {
  view: ListView
  projects: readonly string[]
  /** Names of tags with their values; empty when the person may not list them. */
  tags: Record<string, string[]>
  total: number
  /** What stands at the end. */
  children?: ReactNode
}

/** What is shown of the list at the left, how it is arranged at the right. */
export function ListControls({ view, projects, tags, total, children }: ListControlsProps) {
  const names = Object.keys(tags)
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-1 gap-y-1 border-b border-line px-3 py-1">
      <Choice
        label={text.environments.project}
        value={view.project ?? ''}
        options={[any, ...projects.map(plain)]}
        change={(project) => viewHref(view, { project: project || undefined })}
      />
      {names.length > 0 ? (
        <Choice
          label={text.environments.tag}
          value={view.tags[0] ?? ''}
          options={[any, ...Object.entries(tags).flatMap(tagOptions)]}
          change={(tag) => viewHref(view, { tags: tag ? [tag] : [] })}
        />
      ) : null}
      <Toggle on={view.mine} href={viewHref(view, { mine: !view.mine })}>
        {text.environments.mine}
      </Toggle>
      <Toggle
        on={view.deletionProtected}
        href={viewHref(view, { deletionProtected: !view.deletionProtected })}
      >
        {text.environments.protectedOnly}
      </Toggle>
      {isFiltered(view) ? (
        <Link href={viewHref(view, everything)} className={buttonClass('ghost', 'sm')}>
          <X aria-hidden className="size-3.5" />
          {text.environments.clearFilter}
        </Link>
      ) : null}
      <p role="status" className="ml-auto px-2 text-xs text-muted max-sm:sr-only">
        {text.environments.total(total)}
      </p>
      <Choice
        label={text.environments.group}
        value={view.group}
        options={groupOptions(names)}
        change={(group) => viewHref(view, { group })}
      />
      <Choice
        label={text.environments.sort}
        value={view.order}
        options={orders.map((order) => ({ value: order, label: text.environments.orders[order] }))}
        change={(order) => viewHref(view, { order })}
      />
      {children}
    </div>
  )
}

const any = { value: '', label: text.environments.any }

function plain(value: string) {
  return { value, label: value }
}

function tagOptions([name, values]: [string, string[]]) {
  return [plain(name), ...values.map((value) => plain(`${name}=${value}`))]
}

function groupOptions(names: readonly string[]) {
  return [
    { value: 'project', label: text.environments.project },
    ...names.map((name) => ({ value: `tag:${name}`, label: text.environments.byTag(name) })),
    { value: 'none', label: text.environments.noGroups },
  ]
}

interface ChoiceProps<Value extends string> {
  label: string
  value: Value
  options: { value: Value; label: string }[]
  change: (value: Value) => string
}

function Choice<Value extends string>({ label, value, options, change }: ChoiceProps<Value>) {
  const router = useRouter()
  const chosen = options.find((option) => option.value === value)
  const shown = chosen && chosen.value !== '' ? chosen.label : value
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button look="ghost" size="sm" className="max-w-56">
          {label}
          {shown ? <span className="truncate text-fg">{shown}</span> : null}
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuChoice value={value} options={options} onChange={(next) => router.replace(change(next))} />
      </MenuContent>
    </Menu>
  )
}

function Toggle({ on, href, children }: { on: boolean; href: string; children: ReactNode }) {
  const router = useRouter()
  return (
    <Button
      look="ghost"
      size="sm"
      aria-pressed={on}
      onClick={() => router.replace(href)}
      className={cx(on && 'bg-selected text-fg')}
    >
      {children}
    </Button>
  )
}
