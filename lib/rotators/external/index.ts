/**
 * `fn::rotate::external`: an adapter of your own rotates (providers.md §5.3). Its whole answer becomes the current
 * credential; whether a previous one goes on working is up to it.
 */
import * as z from 'zod'
import { callAdapter } from '@/lib/providers/external/adapter'
import { defineRotator } from '../define'

const inputs = z.strictObject({
  url: z
    .string()
    .regex(/^https:\/\//)
    .meta({ description: 'the adapter; also the audience of the identity token that it gets' }),
  request: z
    .record(z.string(), z.json())
    .default({})
    .meta({ rotateOnly: true, description: 'what the adapter is told' }),
})

const current = z.record(z.string(), z.json()).optional()

const state = z.object({
  current: current.meta({ secret: true, description: 'what the adapter gave' }),
})

export const external = defineRotator({
  name: 'external',
  description: 'Rotation by an adapter of your own',
  inputs,
  state,
  outputs: state,
  plan: z.object({}),
  prepare: async () => ({}),
  /**
   * The adapter is told the state that it last gave: called again after a crash, it can see that nothing came of it.
   * Within one rotation it is called once, since an answer that was lost may have had its effect.
   */
  async apply({ inputs: { url, request }, state: before }, context) {
    const body = { request, state: before ?? null }
    return { current: await callAdapter({ provider: 'external', url, body, onFailure: 'give-up', context }) }
  },
  open: (before) => before ?? {},
})
