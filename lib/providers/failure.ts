import type { IdentityClaims } from '@/lib/oidc/token'

/** What went wrong between us and a provider, told so that a person knows what to change. Holds no secret. */
export interface ProviderRefusal {
  provider: string
  /** The provider's own code, for example `AccessDenied`. */
  code: string
  /** What the provider said, in its words. */
  answer: string
  /** What to change, and where. */
  advice: string
  /** The claims of the identity token that was presented, when one was. */
  sent?: IdentityClaims
}

/** A provider that could not be opened. The evaluator makes its message a diagnostic at the call. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure'
  readonly refusal: ProviderRefusal

  constructor(refusal: ProviderRefusal) {
    super(sentence(refusal))
    this.refusal = refusal
  }
}

function sentence({ code, answer, advice, sent }: ProviderRefusal): string {
  const claims = sent
    ? ` Sent: issuer "${sent.issuer}", subject "${sent.subject}", audience "${sent.audience}".`
    : ''
  return `${code}: ${answer}.${claims} ${advice}`
}
