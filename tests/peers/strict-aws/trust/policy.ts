import { z } from 'zod'

const oneOrMore = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => (typeof value === 'string' ? [value] : value))

const principal = z.union([
  z.literal('*').transform(() => ({ Federated: ['*'], AWS: ['*'] })),
  z.strictObject({ Federated: oneOrMore.optional(), AWS: oneOrMore.optional() }),
])

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principal,
  Action: oneOrMore,
  /** operator → condition key → accepted values */
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).optional(),
})

const trustPolicy = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z
    .union([statement, z.array(statement).min(1)])
    .transform((value) => (Array.isArray(value) ? value : [value])),
})

/** A trust policy as a person writes it. */
export type TrustPolicy = z.input<typeof trustPolicy>
/** The same with every one-or-many made many. */
export type ParsedTrustPolicy = z.output<typeof trustPolicy>
export type TrustStatement = ParsedTrustPolicy['Statement'][number]

/**
 * Reads a trust policy and refuses what this double does not evaluate (`NotPrincipal`, `NotAction`, …), so that
 * no test passes because an element was ignored.
 * @throws Error naming the faulty element, as IAM refuses a malformed policy when the role is created
 */
export function parseTrustPolicy(policy: TrustPolicy | string): ParsedTrustPolicy {
  const value: unknown = typeof policy === 'string' ? JSON.parse(policy) : policy
  const parsed = trustPolicy.safeParse(value)
  if (!parsed.success) throw new Error(`MalformedPolicyDocument: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
