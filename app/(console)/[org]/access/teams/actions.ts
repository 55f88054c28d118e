'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import type { Outcome } from '@/app/outcome'
import {
  addTeamRole,
  changeTeamMember,
  createTeam,
  deleteTeam,
  removeTeamRole,
  setTeamGroups,
} from '@/lib/organizations/teams'

const name = z.string().max(100)
const reference = { organization: name, team: name }

const createSchema = z.object({
  organization: name,
  name,
  displayName: z.string().max(200),
  description: z.string().max(1000),
})

/** @returns the name of the new team */
export async function create(input: z.input<typeof createSchema>): Promise<Outcome<string>> {
  return change(async (actor) => (await createTeam(actor, createSchema.parse(input))).name)
}

const memberSchema = z.object({
  ...reference,
  login: name,
  action: z.enum(['add', 'remove', 'promote', 'demote']),
})

export async function changeMember(input: z.input<typeof memberSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await changeTeamMember(actor, memberSchema.parse(input))
    return null
  })
}

const roleSchema = z.object({ ...reference, roleId: z.string().max(100) })

export async function giveRole(input: z.input<typeof roleSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await addTeamRole(actor, roleSchema.parse(input))
    return null
  })
}

export async function takeRole(input: z.input<typeof roleSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await removeTeamRole(actor, roleSchema.parse(input))
    return null
  })
}

const groupsSchema = z.object({
  ...reference,
  groups: z.array(z.object({ issuer: z.string().max(500), group: z.string().max(200) })).max(200),
})

/** Replaces all of them. */
export async function setGroups(input: z.input<typeof groupsSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await setTeamGroups(actor, groupsSchema.parse(input))
    return null
  })
}

const teamSchema = z.object(reference)

export async function remove(input: z.input<typeof teamSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await deleteTeam(actor, teamSchema.parse(input))
    return null
  })
}
