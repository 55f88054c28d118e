import { z } from 'zod'
import { passwordProblem } from '@/lib/access/passwords'
import { Failure } from '@/lib/failure'
import { requireOrganizationName } from './create'

export interface PersonFields {
  login: string
  name: string
  email: string
  password: string
}

/** What a person says about themselves. @throws Failure `invalid` naming the field */
export function requireValidPerson(fields: PersonFields): void {
  requireOrganizationName(fields.login, 'login')
  if (fields.name.trim() === '' || fields.name.length > 100) {
    throw new Failure('invalid', 'Enter a name of at most 100 characters.', { field: 'name' })
  }
  if (fields.email.length > 254 || !z.email().safeParse(fields.email).success) {
    throw new Failure('invalid', 'Enter an e-mail address.', { field: 'email' })
  }
  const weakness = passwordProblem(fields.password, fields)
  if (weakness !== undefined) throw new Failure('invalid', weakness, { field: 'password' })
}
