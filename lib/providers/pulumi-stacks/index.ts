/**
 * `fn::open::pulumi-stacks`: outputs of Pulumi stacks. This server keeps no stacks: the operator names a folder where
 * their state lies (providers.md §3).
 */
import * as z from 'zod'
import { config } from '@/lib/config'
import { defineProvider } from '../define'
import { ProviderFailure } from '../failure'
import { reads } from '../schema'
import { readEach } from '../service/read-each'
import { stackOutputs } from './folder'

const provider = 'pulumi-stacks'

const entry = z.strictObject({
  stack: z
    .string()
    .regex(/^[a-zA-Z0-9_.-]{1,100}\/[a-zA-Z0-9_.-]{1,100}$/)
    .meta({ description: 'project/stack, of the same organization' }),
})

const inputs = z.strictObject({
  stacks: reads(entry).meta({ description: 'which stacks to read, by their name in the output' }),
})

export const pulumiStacks = defineProvider({
  name: provider,
  description: 'Outputs of Pulumi stacks',
  inputs,
  outputs: z.record(z.string(), z.record(z.string(), z.unknown())),
  async open({ stacks }, { organization }) {
    const folder = config().stackStateDirectory
    if (folder === undefined) throw notConfigured()
    const output = await readEach(stacks, async ({ stack }, key) => {
      const outputs = await stackOutputs({ folder, organization, stack })
      if (outputs === undefined) throw notFound(key)
      return outputs
    })
    return { output }
  },
})

function notConfigured(): ProviderFailure {
  return new ProviderFailure({
    provider,
    code: 'NotConfigured',
    answer: 'no stack-output source configured for this organization',
    advice: 'The operator can name a folder of stack state with OPENESC_STACK_STATE_DIR.',
  })
}

function notFound(key: string): ProviderFailure {
  return new ProviderFailure({
    provider,
    code: 'NotFound',
    answer: `the stack that "stacks.${key}" names has no state`,
    advice: 'Check the names of project and stack.',
  })
}
