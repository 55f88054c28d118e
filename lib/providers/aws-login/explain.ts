/** Turns what AWS STS answers into what a person has to change (providers.md §2.1). */
import type { IdentityClaims } from '@/lib/oidc/token'
import { ProviderFailure } from '../failure'

/** What to do, by the code of AWS STS. */
export const stsAdvice: Readonly<Record<string, string>> = {
  AccessDenied:
    "The role's trust policy does not accept this subject and audience, or the role does not exist. Compare the policy's conditions with what was sent.",
  InvalidIdentityToken:
    'Register the issuer as an OpenID Connect identity provider in the AWS account, with this audience in its client ids, and make sure AWS can fetch its keys.',
  IDPCommunicationError:
    "AWS could not fetch the issuer's discovery document or keys. The issuer must be reachable from the internet over https.",
  IDPRejectedClaim: 'AWS rejected the identity token. Check the clock of this server.',
  ExpiredTokenException:
    'The identity token was already expired when AWS saw it. Check the clock of this server.',
  ValidationError:
    "Check roleArn, sessionName and duration: the duration must not exceed the role's maximum session duration (1h for a new role).",
  PackedPolicyTooLarge: 'Use fewer or shorter session policies in policyArns.',
  MalformedPolicyDocument: 'Check policyArns.',
  RegionDisabledException: 'Activate STS for the region in the AWS account.',
}

const unreachable =
  'Check that this server can reach AWS STS, or the endpoint that AWS_ENDPOINT_URL_STS names.'

/** @param sent the claims of the identity token that was presented */
export function explainStsError(error: unknown, sent: IdentityClaims): ProviderFailure {
  const code = stsCode(error)
  const known = stsAdvice[code]
  return new ProviderFailure({
    provider: 'aws-login',
    code: known ? code : 'Unavailable',
    answer: known && error instanceof Error ? withoutFinalStop(error.message) : 'AWS STS did not answer',
    advice: known ?? unreachable,
    sent,
  })
}

/** The SDK names modelled errors with an `Exception` suffix that the wire lacks, and the wire's code where it has no model. */
function stsCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const name = error.name in stsAdvice ? error.name : error.name.replace(/(Error)?Exception$/, '$1')
  return name in stsAdvice ? name : error.name
}

function withoutFinalStop(text: string): string {
  return text.replace(/\.$/, '')
}
