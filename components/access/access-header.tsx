import Link from 'next/link'
import type { ReactNode } from 'react'
import { Breadcrumb, type Crumb } from '@/components/frame/breadcrumb'
import { PageHeader } from '@/components/frame/frame'
import { text } from '@/components/messages'
import { cx } from '@/components/ui/cx'

const sections = ['members', 'teams', 'roles', 'tokens', 'issuers'] as const

export interface AccessHeaderProps {
  organization: string
  section: (typeof sections)[number]
  /** On the page of one thing: its name. */
  name?: string
  actions?: ReactNode
}

/** The top of every page below *Access*: where it is, and the way to the others. */
export function AccessHeader({ organization, section, name, actions }: AccessHeaderProps) {
  const list = { label: text.access[section], href: `/${organization}/access/${section}` }
  const crumbs: Crumb[] = [
    { label: text.access.title },
    ...(name === undefined ? [list] : [list, { label: name }]),
  ]
  return (
    <PageHeader actions={actions}>
      <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
        <Breadcrumb crumbs={crumbs} />
        <nav aria-label={text.access.navigation} className="flex flex-wrap items-center gap-0.5">
          {sections.map((item) => (
            <Link
              key={item}
              href={`/${organization}/access/${item}`}
              aria-current={item === section ? 'page' : undefined}
              className={cx(
                'rounded px-2 py-0.5 text-xs',
                item === section ? 'bg-hover font-semibold' : 'text-muted hover:bg-hover hover:text-fg',
              )}
            >
              {text.access[item]}
            </Link>
          ))}
        </nav>
      </div>
    </PageHeader>
  )
}
