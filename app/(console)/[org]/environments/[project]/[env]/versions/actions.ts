'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { retractRevision } from '@/lib/environments/retract'
import {
  createRevisionTag,
  deleteRevisionTag,
  listRevisionTags,
  moveRevisionTag,
} from '@/lib/environments/revision-tags'
import { rollBack as rollBackEnvironment } from '@/lib/environments/roll-back'

const reference = { organization: z.string(), project: z.string(), name: z.string() }
const tagSchema = z.object({ ...reference, tag: z.string().max(200), revision: z.number().int().min(1) })

/** Creates the tag, or moves it when there is one of this name. */
export async function tag(input: z.input<typeof tagSchema>): Promise<Outcome<null>> {
  const actor = await requireActor()
  return attempt(async () => {
    const change = tagSchema.parse(input)
    const known = await listRevisionTags(actor, change)
    const exists = known.some(({ name }) => name === change.tag)
    await (exists ? moveRevisionTag : createRevisionTag)(actor, change)
    refresh()
    return null
  })
}

const removalSchema = z.object({ ...reference, tag: z.string().max(200) })

export async function removeTag(input: z.input<typeof removalSchema>): Promise<Outcome<null>> {
  const actor = await requireActor()
  return attempt(async () => {
    await deleteRevisionTag(actor, removalSchema.parse(input))
    refresh()
    return null
  })
}

const retractSchema = z.object({
  ...reference,
  revision: z.number().int().min(1),
  replacement: z.number().int().min(1).optional(),
  reason: z.string().max(1000),
})

export async function retract(input: z.input<typeof retractSchema>): Promise<Outcome<null>> {
  const actor = await requireActor()
  return attempt(async () => {
    const { revision, ...rest } = retractSchema.parse(input)
    await retractRevision(actor, { ...rest, version: String(revision) })
    refresh()
    return null
  })
}

const rollBackSchema = z.object({ ...reference, revision: z.number().int().min(1), etag: z.string() })

/** A new revision with an old text, unless somebody has saved since the page was read. */
export async function rollBack(input: z.input<typeof rollBackSchema>): Promise<Outcome<number>> {
  const actor = await requireActor()
  return attempt(async () => {
    const wanted = rollBackSchema.parse(input)
    const message = text.versions.rollBackMessage(wanted.revision)
    const saved = await rollBackEnvironment(actor, { ...wanted, message })
    refresh()
    return saved.revision
  })
}
