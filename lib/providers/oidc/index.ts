/**
 * `fn::open::oidc`: an identity token of this environment for one audience, signed by the v2 issuer. The output is the
 * token itself (providers.md §2.9).
 */
import * as z from 'zod'
import { IdentityRefusal, mintIdentityTokenV2 } from '@/lib/oidc/token-v2'
import { defineProvider } from '../define'
import { ProviderFailure } from '../failure'
import { identityRequestV2 } from '../identity'
import { invalidInputs } from '../parse-inputs'
import { duration, durationSeconds } from '../schema'

const provider = 'oidc'

/** One audience: not blank, at most 512 bytes. */
export const audience = z
  .string()
  .min(1)
  .max(512)
  .regex(/\S/)
  .refine((text) => Buffer.byteLength(text) <= 512, 'must have at most 512 bytes')
  .meta({ description: 'who the token is for' })

export const version2 = z
  .strictObject({ version: z.literal('v2') })
  .meta({ description: 'which issuer signs; only v2' })

const inputs = z.strictObject({
  audience,
  identityToken: version2,
  duration: duration
    .optional()
    .meta({ description: 'how long the token is valid, 1m to 1h; 1h when absent' }),
})

export const oidc = defineProvider({
  name: provider,
  description: 'An identity token of this environment, for any audience that trusts the issuer',
  inputs,
  outputs: z.string().meta({ description: 'the token', secret: true }),
  async open({ audience, duration: wanted = '1h' }, context) {
    const seconds = durationSeconds(wanted)
    if (seconds < 60 || seconds > 3600) {
      throw invalidInputs(provider, 'duration is out of bounds', 'Choose from 1m to 1h.')
    }
    const { token, expiresAt } = await explainRefusal(provider, () =>
      mintIdentityTokenV2({ ...identityRequestV2(context), audience }, seconds),
    )
    return { output: token, expiresAt }
  },
})

const advice: Record<IdentityRefusal['code'], string> = {
  NotEnabled: 'An administrator can turn on identity tokens in the settings of the organization.',
  NotStored: 'Save the environment, and import it where it is needed.',
}

/** Tells why a token was not issued as this provider's failure. */
export async function explainRefusal<T>(provider: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof IdentityRefusal)) throw error
    const { code, message } = error
    throw new ProviderFailure({ provider, code, answer: message, advice: advice[code] })
  }
}
