'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import type { Outcome } from '@/app/outcome'
import { whereSchema } from '@/lib/access/standing-query'
import {
  createPermissionSet,
  deletePermissionSet,
  updatePermissionSet,
} from '@/lib/organizations/permission-sets'
import { createRole, deleteRole, updateRole } from '@/lib/organizations/roles'
import type { RoleInput, SetInput } from './inputs'

const name = z.string().max(200)

const ruleSchema = z.object({
  where: whereSchema,
  level: z.enum(['read', 'open', 'write', 'admin']).optional(),
  permissionSetId: name.optional(),
  maxOpenDurationSeconds: z.number().int().optional(),
})

const roleSchema = z.object({
  organization: name,
  /** Absent = a new one. */
  id: name.optional(),
  name,
  description: z.string().max(1000),
  organizationScopes: z.array(name).max(200),
  rules: z.array(ruleSchema).max(500),
})

export async function saveRole(input: RoleInput): Promise<Outcome<null>> {
  return change(async (actor) => {
    const { id, rules, ...content } = roleSchema.parse(input)
    const role = { ...content, rules: rules.map(withoutUndefined) }
    await (id === undefined ? createRole(actor, role) : updateRole(actor, { ...role, id }))
    return null
  })
}

function withoutUndefined({
  where,
  level,
  permissionSetId,
  maxOpenDurationSeconds,
}: z.output<typeof ruleSchema>) {
  return {
    where,
    ...(level !== undefined && { level }),
    ...(permissionSetId !== undefined && { permissionSetId }),
    ...(maxOpenDurationSeconds !== undefined && { maxOpenDurationSeconds }),
  }
}

const referenceSchema = z.object({ organization: name, id: name })

export async function removeRole(input: z.input<typeof referenceSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await deleteRole(actor, referenceSchema.parse(input))
    return null
  })
}

const setSchema = z.object({
  organization: name,
  id: name.optional(),
  name,
  description: z.string().max(1000),
  scopes: z.array(name).max(200),
})

export async function saveSet(input: SetInput): Promise<Outcome<null>> {
  return change(async (actor) => {
    const { id, ...set } = setSchema.parse(input)
    await (id === undefined ? createPermissionSet(actor, set) : updatePermissionSet(actor, { ...set, id }))
    return null
  })
}

export async function removeSet(input: z.input<typeof referenceSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await deletePermissionSet(actor, referenceSchema.parse(input))
    return null
  })
}
