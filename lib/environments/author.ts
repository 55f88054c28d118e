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

/** When and by whom a tag was last changed, as its row and its summary share it. */
export interface Edited {
  createdAt: string
  modifiedAt: string
  editorLogin: string
  editorName: string
}

interface EditedRow extends Pick<Edited, 'editorLogin' | 'editorName'> {
  createdAt: Date
  modifiedAt: Date
}

export function editedOf({ createdAt, modifiedAt, editorLogin, editorName }: EditedRow): Edited {
  return {
    createdAt: createdAt.toISOString(),
    modifiedAt: modifiedAt.toISOString(),
    editorLogin,
    editorName,
  }
}

export function editorOf(actor: Actor): Pick<Edited, 'editorLogin' | 'editorName'> {
  const { login, name } = authorOf(actor)
  return { editorLogin: login, editorName: name }
}
