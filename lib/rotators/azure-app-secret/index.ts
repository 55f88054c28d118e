/**
 * `fn::rotate::azure-app-secret`: client secrets of an app registration. Azure allows many, so a new one is added before
 * the one before the current one is removed.
 */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { azureLoginOutputs } from '@/lib/providers/azure-login'
import { currentRequired, shift } from '../current-and-previous'
import { defineRotator } from '../define'
import { addPassword, findApplication, graphCaller, removePassword } from './graph'

const inputs = z.strictObject({
  login: azureLoginOutputs.meta({ rotateOnly: true, description: 'who manages the app registration' }),
  clientId: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .meta({ description: 'application (client) id of the app registration whose secrets are rotated' }),
  lifetimeInDays: z.int().min(1).max(730).default(180).meta({ description: 'how long a secret lives' }),
})

const state = currentRequired(
  z.object({
    secretId: z.string(),
    secretValue: z.string().meta({ secret: true }),
    createdAt: z.string().optional(),
    expiresAt: z.string().optional(),
  }),
)

const plan = z.object({
  /** Object id. */
  application: z.string(),
  /** The name of the new secret in Azure; one of an earlier plan that is found there was made and never stored. */
  label: z.string(),
  earlierLabels: z.array(z.string()),
  retire: z.array(z.string()),
})

const dayMs = 24 * 60 * 60 * 1000

export const azureAppSecret = defineRotator({
  name: 'azure-app-secret',
  description: 'Client secrets of an Azure app registration',
  inputs,
  state,
  outputs: state,
  plan,

  async prepare({ inputs: { login, clientId }, state: before, interrupted }, context) {
    const { id, secrets } = await findApplication(await graphCaller(login, context), clientId)
    const earlierLabels = interrupted ? [...interrupted.earlierLabels, interrupted.label] : []
    const lost = secrets.filter(
      ({ id, label }) => earlierLabels.includes(label) && id !== before?.current.secretId,
    )
    const previous = before?.previous?.secretId
    const retire = [...lost.map(({ id }) => id), ...(previous === undefined ? [] : [previous])]
    return { application: id, label: `openesc-${randomUUID()}`, earlierLabels, retire }
  },

  async apply(
    { inputs: { login, lifetimeInDays }, state: before, plan: { application, label, retire } },
    context,
  ) {
    const caller = await graphCaller(login, context)
    const endDateTime = new Date(Date.now() + lifetimeInDays * dayMs).toISOString()
    const added = await addPassword(caller, application, { displayName: label, endDateTime })
    for (const id of retire) await removePassword(caller, application, id)
    return shift(before, added)
  },

  open: (before) => before,
})
