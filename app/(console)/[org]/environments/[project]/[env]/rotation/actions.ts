'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import type { Outcome } from '@/app/outcome'
import { discardLeftover } from '@/lib/rotation/leftovers'
import { createSchedule, deleteSchedule, pauseSchedule } from '@/lib/rotation/schedules'

const reference = { organization: z.string(), project: z.string(), name: z.string() }

const addSchema = z.object({
  ...reference,
  path: z.string().max(1000),
  cron: z.string().max(200).optional(),
  once: z.string().max(100).optional(),
})

export async function addSchedule(input: z.input<typeof addSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await createSchedule(actor, addSchema.parse(input))
    return null
  })
}

const pauseSchema = z.object({ ...reference, id: z.string(), paused: z.boolean() })

export async function pause(input: z.input<typeof pauseSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await pauseSchedule(actor, pauseSchema.parse(input))
    return null
  })
}

const removeSchema = z.object({ ...reference, id: z.string() })

export async function removeSchedule(input: z.input<typeof removeSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await deleteSchedule(actor, removeSchema.parse(input))
    return null
  })
}

/** Forgets what a rotation left over, for good. */
export async function letGo(input: z.input<typeof removeSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await discardLeftover(actor, removeSchema.parse(input))
    return null
  })
}
