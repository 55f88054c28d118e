import type { Actor } from '@/lib/access/actor'

/** Who made a change, as its record keeps it: names outlive the accounts they belonged to. */
export interface Author {
  id: string | null
  login: string
  name: string
}

export function authorOf({ principal }: Actor): Author {
  switch (principal.kind) {
    case 'person':
      return { id: principal.id, login: principal.login, name: principal.name }
    case 'team':
    case 'organization':
      return { id: null, login: principal.name, name: principal.name }
    case 'operator':
      return { id: null, login: 'operator', name: 'Operator' }
  }
}
