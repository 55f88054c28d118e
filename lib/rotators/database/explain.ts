import { OutgoingError } from '@/lib/outgoing'
import { ProviderFailure } from '@/lib/providers/failure'

/**
 * @param advice what to change, by the server's own code; the messages of these codes are shown, so they must not be
 *   able to hold a password
 * @returns a failure that quotes nothing else
 */
export function explainDatabaseError(
  provider: 'postgres' | 'mysql',
  advice: Readonly<Record<string, string>>,
  error: unknown,
): ProviderFailure {
  if (error instanceof OutgoingError && error.code === 'refused_address') {
    return new ProviderFailure({
      provider,
      code: 'RefusedAddress',
      answer: error.message.replace(/\.$/, ''),
      advice: 'Ask the operator to allow it (OPENESC_ALLOW_PRIVATE_TARGETS).',
    })
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = Object.hasOwn(advice, code) ? advice[code] : undefined
  if (known !== undefined && error instanceof Error) {
    return new ProviderFailure({ provider, code, answer: error.message.replace(/\.$/, ''), advice: known })
  }
  return new ProviderFailure({
    provider,
    code: 'Unavailable',
    answer: 'the database could not be reached, broke off or refused the change',
    advice: 'Check host, port and tls, and that this server can reach them.',
  })
}
