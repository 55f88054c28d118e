import type { ReactNode } from 'react'
import { Breadcrumb } from '@/components/frame/breadcrumb'
import { PageHeader } from '@/components/frame/frame'
import { SectionLinks } from '@/components/frame/section-links'
import { text } from '@/components/messages'
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
  const links = sections.map((item) => ({
    href: `${list}/${project}/${name}${item.path}`,
    label: item.label,
    current: item.section === section,
  }))
  return (
    <PageHeader
      actions={children}
      sections={<SectionLinks label={text.environment.navigation} links={links} />}
    >
      <div className="flex min-w-0 items-center gap-3">
        <Breadcrumb
          crumbs={[
            { label: text.environments.title, href: list },
            { label: project, href: `${list}?${new URLSearchParams({ q: `${project}/` })}` },
            { label: name },
          ]}
        />
        {badges}
      </div>
    </PageHeader>
  )
}
