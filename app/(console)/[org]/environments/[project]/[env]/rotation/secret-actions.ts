'use server'

import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { stringifyJson } from '@/lib/language'
import { readLeftover } from '@/lib/rotation/leftovers'

const schema = z.object({
  organization: z.string(),
  project: z.string(),
  name: z.string(),
  id: z.string().max(100),
})

/** What a rotation left over, secrets included, which is recorded. @returns JSON, for reading */
export async function disclose(input: z.input<typeof schema>): Promise<Outcome<string>> {
  const actor = await requireActor()
  return attempt(async () => {
    const { plan, state } = await readLeftover(actor, schema.parse(input))
    return JSON.stringify(JSON.parse(stringifyJson({ plan, state })), null, 2)
  })
}
