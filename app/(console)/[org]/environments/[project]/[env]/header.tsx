import Link from 'next/link'
import type { ReactNode } from 'react'
import { Breadcrumb } from '@/components/frame/breadcrumb'
import { text } from '@/components/messages'
import { cx } from '@/components/ui/cx'
import type { EnvironmentReference } from '@/lib/environments/reference'

export interface HeaderProps {
  reference: EnvironmentReference
  section: Section
  /** Facts about what is shown, beside its name. */
  badges?: ReactNode
  /** Buttons and facts at the right. */
  children?: ReactNode
}

export type Section = 'definition' | 'versions' | 'uses' | 'rotation' | 'webhooks' | 'access' | 'settings'

const sections: { section: Section; path: string; label: string }[] = [
  { section: 'definition', path: '', label: text.environment.definition },
  { section: 'versions', path: '/versions', label: text.environment.versions },
  { section: 'uses', path: '/uses', label: text.environment.uses },
  { section: 'rotation', path: '/rotation', label: text.rotation.title },
  { section: 'webhooks', path: '/webhooks', label: text.webhooks.title },
  { section: 'access', path: '/access', label: text.environment.access },
  { section: 'settings', path: '/settings', label: text.environment.settings },
]

/** The top of every page of one environment: where it is, and the way to its other pages. */
export function Header({ reference, section, badges, children }: HeaderProps) {
  const { organization, project, name } = reference
  const list = `/${organization}/environments`
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-1.5">
      <Breadcrumb
        crumbs={[
          { label: text.environments.title, href: list },
          { label: project, href: `${list}?${new URLSearchParams({ q: `${project}/` })}` },
          { label: name },
        ]}
      />
      {badges}
      <nav aria-label={text.environment.navigation} className="flex items-center gap-0.5">
        {sections.map((item) => (
          <Link
            key={item.section}
            href={`${list}/${project}/${name}${item.path}`}
            aria-current={item.section === section ? 'page' : undefined}
            className={cx(
              'rounded px-2 py-0.5 text-xs',
              item.section === section ? 'bg-hover font-semibold' : 'text-muted hover:bg-hover hover:text-fg',
            )}
          >
            {item.label}
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex min-w-0 items-center gap-1">{children}</div>
    </header>
  )
}
