import type { RoleContent } from '@/lib/organizations/roles'

interface Saved {
  organization: string
  /** Absent = a new one. */
  id?: string
  description: string
}

export type RoleInput = Saved & Pick<RoleContent, 'name' | 'organizationScopes' | 'rules'>

export type SetInput = Saved & { name: string; scopes: string[] }

/** What the forms choose from. */
export interface RoleMaterial {
  organization: string
  environments: { id: string; name: string }[]
  projects: string[]
  sets: { id: string; name: string }[]
  organizationScopes: { value: string; label: string }[]
}
