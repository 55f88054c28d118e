import { type ProviderRefusal, RefusedCall } from '@/lib/language'

/** A provider that could not be opened. The evaluator makes its message and its refusal a diagnostic at the call. */
export class ProviderFailure extends RefusedCall {
  override readonly name = 'ProviderFailure'

  constructor(refusal: ProviderRefusal) {
    super(sentence(refusal), refusal)
  }
}

function sentence({ code, answer, advice, sent }: ProviderRefusal): string {
  const claims = sent
    ? ` Sent: issuer "${sent.issuer}", subject "${sent.subject}", audience "${sent.audience}".`
    : ''
  return `${code}: ${answer}.${claims} ${advice}`
}
