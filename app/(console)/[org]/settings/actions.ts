'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { changeSettings, createOrganization, renameOrganization } from '@/lib/organizations/settings'

const organization = z.string().max(100)

const settingsSchema = z.object({
  organization,
  displayName: z.string().max(200),
  defaultPermission: z.enum(['none', 'read', 'open', 'write']),
  maxTokenLifetimeDays: z.number().int().nullable(),
  identityTokens: z.boolean(),
})

export async function save(input: z.input<typeof settingsSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await changeSettings(actor, settingsSchema.parse(input))
    return null
  })
}

const renameSchema = z.object({ organization, name: z.string().max(100) })

/** The page of the old name is not shown again: the caller goes to the new one. @returns the name */
export async function rename(input: z.input<typeof renameSchema>): Promise<Outcome<string>> {
  const actor = await requireActor()
  return attempt(async () => (await renameOrganization(actor, renameSchema.parse(input))).name)
}

const createSchema = z.object({ name: z.string().max(100), displayName: z.string().max(200) })

/** @returns the name */
export async function create(input: z.input<typeof createSchema>): Promise<Outcome<string>> {
  const actor = await requireActor()
  return attempt(async () => (await createOrganization(actor, createSchema.parse(input))).name)
}
