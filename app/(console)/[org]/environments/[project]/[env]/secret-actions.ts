'use server'

import { z } from 'zod'
import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { decryptCiphertext, resealCiphertext } from '@/lib/environments/ciphertext'
import { newestRevisions } from '@/lib/environments/newest-revisions'

const ciphertext = z.string().max(1_500_000)
const decryptSchema = z.object({ organization: z.string(), ciphertext })
const resealSchema = decryptSchema.extend({ project: z.string(), name: z.string() })
const newestSchema = z.object({ organization: z.string(), names: z.array(z.string().max(400)).max(200) })

/** The plaintext of one secret, which is recorded. */
export async function decrypt(input: z.input<typeof decryptSchema>): Promise<Outcome<string>> {
  const actor = await requireActor()
  return attempt(async () => (await decryptCiphertext(actor, decryptSchema.parse(input))).plaintext)
}

/** The secret of another environment, sealed for this one. */
export async function reseal(
  input: z.input<typeof resealSchema>,
): Promise<Outcome<{ ciphertext: string; source: string }>> {
  const actor = await requireActor()
  return attempt(() => resealCiphertext(actor, resealSchema.parse(input)))
}

export async function newest(
  input: z.input<typeof newestSchema>,
): Promise<Outcome<[name: string, revision: number][]>> {
  const actor = await requireActor()
  return attempt(() => newestRevisions(actor, newestSchema.parse(input)))
}
