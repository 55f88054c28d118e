import * as z from 'zod'
import { type ExternalValue, secret } from '@/lib/language'

export const provider = 'terraform-state'

/** A state may hold thousands of resources; its outputs are a small part. */
export const stateLimits = { maxBytes: 32 * 1024 * 1024 }

/** The part of the state file that is read, of format version 4. */
export const stateFile = z.object({
  version: z.literal(4),
  outputs: z.record(z.string(), z.object({ value: z.json(), sensitive: z.boolean().optional() })).default({}),
})

/** The outputs, those that Terraform calls sensitive marked. */
export function outputsOf({ outputs }: z.output<typeof stateFile>): Record<string, ExternalValue> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { value, sensitive }]) => [name, sensitive ? secret(value) : value]),
  )
}
