/**
 * `fn::rotate::snowflake-user`: key pairs of a Snowflake user. Snowflake keeps two public keys of a user: the new one
 * takes the first place and the one before the second, so its private key works until the next rotation.
 */
import { createPublicKey, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import * as z from 'zod'
import { invalidInputs } from '@/lib/providers/parse-inputs'
import { defineRotator } from '../define'
import { runStatement } from './statement'

const name = z.string().min(1).max(255)

export const snowflakeManager = z
  .strictObject({
    account: z
      .string()
      .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/)
      .meta({ description: 'account identifier, for example myorg-account1' }),
    user: name.meta({ description: 'who may alter the user' }),
    privateKey: z.string().optional().meta({ description: "the manager's private key, PEM", secret: true }),
    token: z
      .string()
      .optional()
      .meta({ description: 'an OAuth token, for example of snowflake-login', secret: true }),
  })
  .refine(
    ({ privateKey, token }) => (privateKey === undefined) !== (token === undefined),
    'exactly one of privateKey and token must be given',
  )

const inputs = z.strictObject({
  login: snowflakeManager.meta({ rotateOnly: true, description: 'who manages the user' }),
  targetUser: name.meta({ description: 'the user whose key is rotated' }),
})

const secretKey = z.string().meta({ description: 'PEM', secret: true })

const newKeyPair = promisify(generateKeyPair)

export const snowflakeUser = defineRotator({
  name: 'snowflake-user',
  description: 'Key pairs of a Snowflake user',
  inputs,
  state: z.object({ account: z.string(), createdAt: z.string(), privateKey: secretKey }),
  outputs: z.object({ account: z.string(), user: z.string(), privateKey: secretKey, rotatedAt: z.string() }),
  plan: z.object({ privateKey: z.string(), createdAt: z.string() }),

  /** Perhaps the user has the key already: giving it the same one again does no harm. */
  async prepare({ state: before, interrupted }) {
    if (interrupted && interrupted.privateKey !== before?.privateKey) return interrupted
    const { privateKey } = await newKeyPair('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    return { privateKey, createdAt: new Date().toISOString() }
  },

  async apply({ inputs: { login, targetUser }, state: before, plan }, context) {
    const keys = [`RSA_PUBLIC_KEY = '${publicText(plan.privateKey)}'`]
    // A plan that was applied before must not push out the key that is current.
    if (before) keys.push(`RSA_PUBLIC_KEY_2 = '${publicText(before.privateKey)}'`)
    await runStatement(login, `ALTER USER ${quoteName(targetUser)} SET ${keys.join(', ')}`, context)
    return { account: login.account, createdAt: plan.createdAt, privateKey: plan.privateKey }
  },

  open(before, given) {
    if (!before) return undefined
    const { targetUser } = z.object({ targetUser: z.string() }).parse(given)
    const { account, privateKey, createdAt } = before
    return { account, user: targetUser, privateKey, rotatedAt: createdAt }
  },
})

/** As Snowflake wants it: base64 without the lines around it. */
function publicText(privateKey: string): string {
  try {
    return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64')
  } catch {
    throw invalidInputs(
      'snowflake-user',
      'the state holds no private key in PEM',
      'Remove the state and rotate again.',
    )
  }
}

/** Names without quotes are upper-case in Snowflake; all others are quoted as they are (S08). */
function quoteName(user: string): string {
  const stored = /^[A-Za-z_][\w$]*$/.test(user) ? user.toUpperCase() : user
  return `"${stored.replaceAll('"', '""')}"`
}
