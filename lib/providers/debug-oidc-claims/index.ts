/** `fn::open::debug-oidc-claims`: what an identity token would say, unsigned and without its times (providers.md §2.10). */
import * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import { audienceFor } from '@/lib/oidc/subject'
import { claimsV1 } from '@/lib/oidc/token'
import { claimsV2 } from '@/lib/oidc/token-v2'
import { defineProvider } from '../define'
import { identityRequestV2, subjectContext, withSubject } from '../identity'
import { audience, explainRefusal, version2 } from '../oidc'
import { invalidInputs } from '../parse-inputs'
import { duration, subjectAttributes } from '../schema'

const provider = 'debug-oidc-claims'

const inputs = z.strictObject({
  identityToken: version2.optional().meta({ description: 'show a token of fn::open::oidc' }),
  audience: audience.optional().meta({ description: 'with identityToken: who the token is for' }),
  duration: duration.optional().meta({ description: 'with identityToken: accepted and ignored' }),
  audiencePrefix: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'without identityToken: the login provider, for example aws' }),
  subjectAttributes,
})

type Inputs = z.output<typeof inputs>

export const debugOidcClaims = defineProvider({
  name: provider,
  description: 'The claims that an identity token of this environment would have',
  inputs,
  outputs: z.record(z.string(), z.unknown()),
  async open(given, context) {
    return { output: await (given.identityToken ? previewV2(given, context) : previewV1(given, context)) }
  },
})

function previewV2({ audience, audiencePrefix, subjectAttributes }: Inputs, context: ProviderContext) {
  if (audience === undefined || audiencePrefix !== undefined || subjectAttributes !== undefined) {
    throw invalidInputs(
      provider,
      'with "identityToken", "audience" must be given and "audiencePrefix" and "subjectAttributes" must not',
      'Tokens of the v2 issuer have a fixed subject.',
    )
  }
  return explainRefusal(provider, () => claimsV2({ ...identityRequestV2(context), audience }))
}

async function previewV1(
  { audience, duration, audiencePrefix, subjectAttributes = [] }: Inputs,
  context: ProviderContext,
) {
  if (audiencePrefix === undefined || audience !== undefined || duration !== undefined) {
    throw invalidInputs(
      provider,
      'without "identityToken", "audiencePrefix" must be given and "audience" and "duration" must not',
      'Name the login provider, for example "audiencePrefix: aws".',
    )
  }
  const request = { ...subjectContext(context), subjectAttributes }
  return withSubject(provider, async () =>
    claimsV1({ ...request, audience: audienceFor(audiencePrefix, context.organization) }),
  )
}
