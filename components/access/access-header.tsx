import type { ReactNode } from 'react'
import { Breadcrumb, type Crumb } from '@/components/frame/breadcrumb'
import { PageHeader } from '@/components/frame/frame'
import { SectionLinks } from '@/components/frame/section-links'
import { text } from '@/components/messages'

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
  const links = sections.map((item) => ({
    href: `/${organization}/access/${item}`,
    label: text.access[item],
    current: item === section,
  }))
  return (
    <PageHeader actions={actions} sections={<SectionLinks label={text.access.navigation} links={links} />}>
      <Breadcrumb crumbs={crumbs} />
    </PageHeader>
  )
}
