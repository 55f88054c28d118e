import { decodeJwt, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { invalidIdentityToken } from '../fault'

const claimsSchema = z.looseObject({
  iss: z.string(),
  aud: z
    .union([z.string(), z.array(z.string()).min(1)])
    .transform((value) => (typeof value === 'string' ? [value] : value)),
  sub: z.string(),
  exp: z.number(),
  iat: z.number(),
  nbf: z.number().optional(),
})

const headerSchema = z.looseObject({ alg: z.string(), kid: z.string().optional() })

export type Claims = z.output<typeof claimsSchema>

/** A token taken apart, nothing of it believed yet. */
export interface UnverifiedToken {
  text: string
  header: z.output<typeof headerSchema>
  claims: Claims
}

/** Check 4: a JWT with iss, aud, sub, exp and iat. */
export function readToken(text: string): UnverifiedToken {
  try {
    const header = headerSchema.parse(decodeProtectedHeader(text))
    return { text, header, claims: claimsSchema.parse(decodeJwt(text)) }
  } catch {
    throw invalidIdentityToken(
      'The web identity token that was passed is not a JWT with iss, aud, sub, exp and iat',
    )
  }
}
