'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { createEnvironment } from '@/lib/environments/create'

const inputSchema = z.object({
  organization: z.string().max(100),
  project: z.string().max(200),
  name: z.string().max(200),
})

export type CreateInput = z.input<typeof inputSchema>

/** @returns the path of the new environment's page */
export async function create(input: CreateInput): Promise<Outcome<string>> {
  const actor = await requireActor()
  return attempt(async () => {
    const { organization, project, name } = await createEnvironment(actor, inputSchema.parse(input))
    refresh()
    return `/${organization}/environments/${project}/${name}`
  })
}
