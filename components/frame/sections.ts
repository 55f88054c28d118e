import { text } from '@/components/messages'

const names = ['environments', 'approvals', 'access', 'audit', 'settings'] as const

const labels = {
  environments: text.frame.environments,
  approvals: text.approvals.title,
  access: text.access.title,
  audit: text.audit.title,
  settings: text.organization.title,
}

/** The sections of an organization, in the order of the navigation; `key` after `g` goes there. */
export function sections(organization: string) {
  const keys = { environments: 'e', approvals: 'a', access: 'm', audit: 'l', settings: 's' }
  return names.map((name) => ({
    name,
    href: `/${organization}/${name}`,
    label: labels[name],
    key: keys[name],
  }))
}
