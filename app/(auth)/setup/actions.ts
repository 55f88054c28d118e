'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { originOf } from '@/lib/access/origin'
import { setUp } from '@/lib/organizations/setup'

const inputSchema = z.object({
  code: z.string().max(100),
  login: z.string().max(100),
  name: z.string().max(200),
  email: z.string().max(320),
  password: z.string().max(1024),
  organization: z.string().max(100),
})

export type SetUpInput = z.input<typeof inputSchema>

/** Makes the first person and organization; anybody may call it, the one-time code decides. */
export async function createFirst(input: SetUpInput): Promise<Outcome<null>> {
  return attempt(async () => {
    const { address } = originOf(await headers())
    await setUp({ ...inputSchema.parse(input), address })
    return null
  })
}
