import type { ReactNode } from 'react'
import { Breadcrumb, type Crumb } from '@/components/frame/breadcrumb'
import { PageHeader } from '@/components/frame/frame'
import { SectionLinks } from '@/components/frame/section-links'
import { text } from '@/components/messages'

export interface SettingsHeaderProps {
  organization: string
  section: 'general' | 'webhooks'
  /** On the page of one thing: its name. */
  name?: string
  actions?: ReactNode
}

/** The top of every page below *Settings*: where it is, and the way to the others. */
export function SettingsHeader({ organization, section, name, actions }: SettingsHeaderProps) {
  const start = `/${organization}/settings`
  const sections = {
    general: { href: start, label: text.organization.general },
    webhooks: { href: `${start}/webhooks`, label: text.webhooks.title },
  }
  const crumbs: Crumb[] = [
    { label: text.organization.title },
    ...(name === undefined ? [sections[section]] : [sections[section], { label: name }]),
  ]
  const links = (['general', 'webhooks'] as const).map((item) => ({
    ...sections[item],
    current: item === section,
  }))
  return (
    <PageHeader
      actions={actions}
      sections={<SectionLinks label={text.organization.navigation} links={links} />}
    >
      <Breadcrumb crumbs={crumbs} />
    </PageHeader>
  )
}
