/**
 * `fn::open::aws-login`: AWS credentials, either traded for an identity token of this environment (`oidc`) or taken
 * from the inputs (`static`).
 */
import * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import { audienceFor, type SubjectAttribute, SubjectError, subjectAttributeNames } from '@/lib/oidc/subject'
import { type IdentityToken, mintIdentityToken } from '@/lib/oidc/token'
import { defineProvider } from '../define'
import { ProviderFailure } from '../failure'
import { subjectContext } from '../identity'
import { duration, durationSeconds } from '../schema'
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
  subjectAttributes: z
    .array(z.enum(subjectAttributeNames))
    .optional()
    .meta({ description: 'claims that make up the subject, instead of the environment alone' }),
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
  const identity = await identityToken(context, role.subjectAttributes)
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

async function identityToken(
  context: ProviderContext,
  subjectAttributes: readonly SubjectAttribute[] = [],
): Promise<IdentityToken> {
  const audience = audienceFor('aws', context.organization)
  try {
    return await mintIdentityToken({ ...subjectContext(context), audience, subjectAttributes })
  } catch (error) {
    if (!(error instanceof SubjectError)) throw error
    throw new ProviderFailure({
      provider: 'aws-login',
      code: 'InvalidSubject',
      answer: error.message,
      advice: 'Change subjectAttributes.',
    })
  }
}
