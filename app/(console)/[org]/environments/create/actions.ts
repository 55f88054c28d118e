'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import type { Outcome } from '@/app/outcome'
import { createEnvironment } from '@/lib/environments/create'
import { createDefinedEnvironments } from '@/lib/environments/create-defined'

const organization = z.string().max(100)
const name = { project: z.string().max(200), name: z.string().max(200) }
const emptySchema = z.object({ organization, ...name })
const definedSchema = z.object({
  organization,
  environments: z.array(z.object({ ...name, definition: z.string() })).max(20),
})

/** @returns the path of the new environment's page */
export async function createEmpty(input: z.input<typeof emptySchema>): Promise<Outcome<string>> {
  return change(async (actor) => {
    const created = await createEnvironment(actor, emptySchema.parse(input))
    return `/${created.organization}/environments/${created.project}/${created.name}`
  })
}

/** @returns the path of the first new environment's page */
export async function createDefined(input: z.input<typeof definedSchema>): Promise<Outcome<string>> {
  return change(async (actor) => {
    const creation = definedSchema.parse(input)
    const [first] = await createDefinedEnvironments(actor, creation)
    return `/${creation.organization}/environments/${first}`
  })
}
