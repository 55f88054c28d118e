'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { type EnvironmentContent, readEnvironment } from '@/lib/environments/read'
import { type Saved, saveEnvironment } from '@/lib/environments/save'

const reference = { organization: z.string(), project: z.string(), name: z.string() }

const saveSchema = z.object({
  ...reference,
  definition: z.string(),
  /** Required here: the editor never overwrites what it has not seen. */
  etag: z.string(),
  message: z.string().optional(),
})

export type SaveInput = z.input<typeof saveSchema>

export async function save(input: SaveInput): Promise<Outcome<Saved>> {
  const actor = await requireActor()
  return attempt(async () => {
    const saved = await saveEnvironment(actor, saveSchema.parse(input))
    // Without it, going back in the browser would show the page as it was before the save.
    refresh()
    return saved
  })
}

const referenceSchema = z.object(reference)

export type Stored = Pick<EnvironmentContent, 'revision' | 'definition' | 'etag'>

/** With who saved it. */
export type Latest = Stored & { by: string }

/** The latest revision as it is stored, for whoever lost a race. */
export async function readLatest(input: z.input<typeof referenceSchema>): Promise<Outcome<Latest>> {
  const actor = await requireActor()
  return attempt(async () => {
    const { revision, definition, etag, environment } = await readEnvironment(
      actor,
      referenceSchema.parse(input),
    )
    return { revision, definition, etag, by: environment.modifiedBy.login }
  })
}
