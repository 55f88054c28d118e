/**
 * `fn::rotate::aws-iam`: access keys of an IAM user. IAM allows two keys and tells a secret once, so the previous key
 * makes room for a new one while the current one stays as it is.
 */
import * as z from 'zod'
import { awsClientSettings } from '@/lib/providers/aws/client'
import { awsLogin, awsRegion } from '@/lib/providers/aws/login'
import { ProviderFailure } from '@/lib/providers/failure'
import { currentRequired, shift } from '../current-and-previous'
import { defineRotator } from '../define'
import { createKey, deleteKey, listKeys, sdk } from './keys'

const inputs = z.strictObject({
  login: awsLogin.meta({ rotateOnly: true, description: 'who manages the keys' }),
  userArn: z
    .string()
    .regex(/^arn:aws[\w-]*:iam::\d{12}:user\/([\w+=,.@-]+\/)*[\w+=,.@-]+$/)
    .meta({ description: 'the user whose keys are rotated' }),
  region: awsRegion.default('us-east-1'),
})

const state = currentRequired(
  z.object({
    accessKeyId: z.string(),
    secretAccessKey: z.string().meta({ secret: true }),
    createdAt: z.string().optional(),
  }),
)

export const awsIam = defineRotator({
  name: 'aws-iam',
  description: 'Access keys of an AWS IAM user',
  inputs,
  state,
  outputs: state,
  /** The keys that were there before: one that comes after, and that nobody knows, is what a killed rotation made. */
  plan: z.object({ known: z.array(z.string()), retire: z.array(z.string()) }),

  async prepare({ inputs: given, state: before, interrupted }, { signal }) {
    const existing = await listKeys(await target(given), signal)
    const known = interrupted?.known ?? existing
    const retire = existing.filter((id) => mayRetire(id, { before, existing, known }))
    const kept = existing.length - retire.length
    if (kept >= keysAllowed) throw bothForeign(existing)
    return { known, retire }
  },

  async apply({ inputs: given, state: before, plan }, { signal }) {
    const user = await target(given)
    for (const id of plan.retire) await deleteKey(user, id, signal)
    return shift(before, await createKey(user, signal))
  },

  open: (before) => before,
})

const keysAllowed = 2

interface Keys {
  before: z.output<typeof state> | undefined
  existing: readonly string[]
  known: readonly string[]
}

/**
 * Everything but the current key (providers.md §5.3). Where there is none, because nothing was rotated yet or somebody
 * deleted it, only what rotations made.
 */
function mayRetire(id: string, { before, existing, known }: Keys): boolean {
  const current = before?.current.accessKeyId
  if (current !== undefined && existing.includes(current)) return id !== current
  return id === before?.previous?.accessKeyId || !known.includes(id)
}

async function target({ login, userArn, region }: z.output<typeof inputs>) {
  const { IAMClient } = await sdk()
  const userName = userArn.split('/').at(-1) ?? ''
  // An answer that was lost must not make a second key: the next rotation clears up instead.
  return { client: new IAMClient({ ...awsClientSettings(login, region), maxAttempts: 1 }), userName }
}

/** Which of two keys may go that we did not make, nobody but their owner knows (providers.md §5.3). */
function bothForeign(keys: readonly string[]): ProviderFailure {
  return new ProviderFailure({
    provider: 'aws-iam',
    code: 'LimitExceeded',
    answer: `the user has the access keys ${keys.join(' and ')}, and IAM allows no third`,
    advice: 'Delete the one that is not in use, then rotate again.',
  })
}
