'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import type { Actor } from '@/lib/access/actor'
import { cloneEnvironment } from '@/lib/environments/clone'
import { deleteEnvironment } from '@/lib/environments/delete'
import { createEnvironmentTag, deleteEnvironmentTag } from '@/lib/environments/environment-tags'
import { updateSettings } from '@/lib/environments/settings'

const reference = { organization: z.string(), project: z.string(), name: z.string() }

/** Runs a change and has the page show what is now. */
async function change(work: (actor: Actor) => Promise<unknown>): Promise<Outcome<null>> {
  const actor = await requireActor()
  return attempt(async () => {
    await work(actor)
    refresh()
    return null
  })
}

const protectSchema = z.object({ ...reference, deletionProtected: z.boolean() })

export async function protect(input: z.input<typeof protectSchema>): Promise<Outcome<null>> {
  return change((actor) => updateSettings(actor, protectSchema.parse(input)))
}

const addTagSchema = z.object({ ...reference, tag: z.string(), value: z.string() })

export async function addTag(input: z.input<typeof addTagSchema>): Promise<Outcome<null>> {
  return change((actor) => createEnvironmentTag(actor, addTagSchema.parse(input)))
}

const removeTagSchema = z.object({ ...reference, tag: z.string() })

export async function removeTag(input: z.input<typeof removeTagSchema>): Promise<Outcome<null>> {
  return change((actor) => deleteEnvironmentTag(actor, removeTagSchema.parse(input)))
}

const cloneSchema = z.object({
  ...reference,
  to: z.object({ project: z.string(), name: z.string() }),
  preserveHistory: z.boolean(),
  preserveAccess: z.boolean(),
  preserveEnvironmentTags: z.boolean(),
  preserveRevisionTags: z.boolean(),
})

export async function clone(input: z.input<typeof cloneSchema>): Promise<Outcome<null>> {
  return change((actor) => cloneEnvironment(actor, cloneSchema.parse(input)))
}

const deleteSchema = z.object(reference)

export async function remove(input: z.input<typeof deleteSchema>): Promise<Outcome<null>> {
  return change((actor) => deleteEnvironment(actor, deleteSchema.parse(input)))
}
