/**
 * `fn::open::aws-login`: AWS credentials, either traded for an identity token of this environment (`oidc`) or taken
 * from the inputs (`static`).
 */
import * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import { defineProvider } from '../define'
import { ProviderFailure } from '../failure'
import { identityToken } from '../identity'
import { duration, durationSeconds, subjectAttributes } from '../schema'
import { assumeRole } from './assume-role'

const arn = z.string().min(20).max(2048)

const oidc = z.strictObject({
  roleArn: arn.meta({ description: 'the role to assume' }),
  sessionName: z
    .string()
    .min(2)
    .max(64)
    .regex(/^[\w+=,.@-]*$/)
    .meta({ description: 'the role session name, seen in CloudTrail' }),
  duration: duration.optional().meta({ description: 'how long the credentials live; 2h when absent' }),
  policyArns: z.array(arn).optional().meta({ description: 'session policies that narrow the role' }),
  subjectAttributes,
})

const fixed = z.strictObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string().meta({ secret: true }),
  sessionToken: z.string().optional().meta({ secret: true }),
})

const inputs = z.strictObject({
  oidc: oidc.optional().meta({ description: 'log in with an identity token of this environment' }),
  static: fixed.optional().meta({ description: 'use fixed credentials' }),
})

const outputs = z.object({
  accessKeyId: z.string().meta({ description: 'for AWS_ACCESS_KEY_ID' }),
  secretAccessKey: z.string().meta({ description: 'for AWS_SECRET_ACCESS_KEY', secret: true }),
  sessionToken: z.string().optional().meta({ description: 'for AWS_SESSION_TOKEN', secret: true }),
})

export const awsLogin = defineProvider({
  name: 'aws-login',
  description: 'AWS credentials, short-lived by OpenID Connect or static',
  inputs,
  outputs,
  async open({ oidc: role, static: credentials }, context) {
    if (role && !credentials) return openByIdentity(role, context)
    if (credentials && !role) return { output: credentials }
    throw new ProviderFailure({
      provider: 'aws-login',
      code: 'InvalidInputs',
      answer: 'exactly one of "oidc" and "static" must be given',
      advice: 'Remove one of them, or add the one that is missing.',
    })
  },
})

async function openByIdentity(role: z.output<typeof oidc>, context: ProviderContext) {
  const { subjectAttributes } = role
  const identity = await identityToken(
    { provider: 'aws-login', audiencePrefix: 'aws', subjectAttributes },
    context,
  )
  const { expiresAt, ...output } = await assumeRole(
    {
      roleArn: role.roleArn,
      sessionName: role.sessionName,
      durationSeconds: durationSeconds(role.duration ?? '2h'),
      policyArns: role.policyArns ?? [],
    },
    identity,
    context.signal,
  )
  return { output, expiresAt }
}
