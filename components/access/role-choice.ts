import { text } from '@/components/messages'
import type { OrganizationRole } from '@/lib/access/scopes'

export interface CustomRole {
  id: string
  name: string
}

const builtIn = ['member', 'admin', 'billing_manager'] as const

/** What a select offers: the built-in roles, then the custom ones, whose values are their ids. */
export function roleOptions(customRoles: readonly CustomRole[]): { value: string; label: string }[] {
  return [
    ...builtIn.map((role) => ({ value: role, label: text.access.roleNames[role] })),
    ...customRoles.map(({ id, name }) => ({ value: id, label: name })),
  ]
}

/** The choice behind a value of {@link roleOptions}. */
export function roleChoice(value: string): { role: OrganizationRole } | { roleId: string } {
  const role = builtIn.find((name) => name === value)
  return role ? { role } : { roleId: value }
}

/** The value for who has a role. */
export function roleValue({
  role,
  customRole,
}: {
  role?: OrganizationRole
  customRole?: CustomRole
}): string {
  return customRole?.id ?? role ?? 'member'
}

export function roleLabel({
  role,
  customRole,
}: {
  role?: OrganizationRole
  customRole?: CustomRole
}): string {
  return customRole?.name ?? text.access.roleNames[role ?? 'member']
}
