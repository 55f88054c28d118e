/** `fn::open::external`: values from an adapter that somebody runs over https (providers.md §4). */
import * as z from 'zod'
import { secret } from '@/lib/language'
import { defineProvider } from '../define'
import { callAdapter } from './adapter'

export const adapterUrl = z
  .string()
  .regex(/^https:\/\//)
  .meta({ description: 'address of the adapter; also the audience of the token that it is sent' })

const inputs = z.strictObject({
  url: adapterUrl,
  request: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({ description: 'the body that the adapter gets; {} when absent' }),
  secret: z.boolean().optional().meta({ description: 'whether the response is secret; true when absent' }),
})

export const external = defineProvider({
  name: 'external',
  description: 'Values from an adapter of your own, called over https with an identity token',
  inputs,
  outputs: z.object({
    response: z.record(z.string(), z.unknown()).meta({ description: 'what the adapter answered' }),
  }),
  async open({ url, request = {}, secret: masked = true }, context) {
    const response = await callAdapter({
      provider: 'external',
      url,
      body: request,
      onFailure: 'try-again',
      context,
    })
    return { output: { response: masked ? secret(response) : response } }
  },
})
