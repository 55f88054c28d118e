/** Making organizations and people: the rows, keys and records that belong together. */
import type { Actor } from '@/lib/access/actor'
import { appendAudit } from '@/lib/audit'
import { type Transaction, uniqueViolation } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { createOrganizationKey } from '@/lib/secrets'
import { key, organizationNameProblem } from './names'

export interface NewOrganization {
  name: string
  displayName?: string
  kind: 'individual' | 'shared'
  /** The person who administers it from the start. */
  adminId: string
}

/** An organization with its first administrator and its first key. @returns its id */
export async function insertOrganization(
  tx: Transaction,
  actor: Actor,
  { name, displayName = '', kind, adminId }: NewOrganization,
): Promise<string> {
  const { id } = await tx.organization.create({
    data: {
      name,
      nameKey: key(name),
      displayName,
      kind,
      members: { create: { personId: adminId, role: 'admin' } },
    },
    select: { id: true },
  })
  await createOrganizationKey(tx, id)
  await appendAudit(tx, {
    actor,
    organizationId: id,
    event: 'organization-created',
    description: `Created the organization ${name}`,
    data: { kind },
  })
  return id
}

/** @throws Failure `invalid` naming the field */
export function requireOrganizationName(name: string, field: string): void {
  const problem = organizationNameProblem(name)
  if (problem) throw new Failure('invalid', problem.message, { field })
}

export interface NewPerson {
  login: string
  name: string
  email: string
  passwordHash?: string
}

/** A person with their individual organization, which is named like their login. @returns their id */
export async function insertPerson(
  tx: Transaction,
  actorFor: (personId: string) => Actor,
  { login, name, email, passwordHash }: NewPerson,
): Promise<string> {
  const { id } = await tx.person.create({
    data: {
      login,
      loginKey: key(login),
      name,
      email,
      emailKey: key(email),
      ...(passwordHash !== undefined && { passwordHash, passwordChangedAt: new Date() }),
    },
    select: { id: true },
  })
  await insertOrganization(tx, actorFor(id), { name: login, kind: 'individual', adminId: id })
  return id
}

/** Tells which name was taken, for an error that a transaction of these inserts threw; other errors pass through. */
export function explainTaken(error: unknown, fields: { organization: string }): unknown {
  const columns = uniqueViolation(error)
  if (columns === undefined) return error
  if (columns.includes('loginKey')) return new Failure('conflict', 'This login is taken.', { field: 'login' })
  if (columns.includes('emailKey')) {
    return new Failure('conflict', 'This e-mail address is in use.', { field: 'email' })
  }
  if (columns.includes('nameKey')) {
    return new Failure('conflict', 'This organization name is taken.', { field: fields.organization })
  }
  return error
}
