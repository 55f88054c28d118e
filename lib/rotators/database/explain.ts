import { OutgoingError } from '@/lib/outgoing'
import { ProviderFailure } from '@/lib/providers/failure'
import { redact } from '@/lib/providers/service/redact'

/**
 * @param advice what to change, by the server's own code; the messages of these codes are shown
 * @param secrets what the server was told, since a hostile one may say it back (S06)
 * @returns a failure that quotes nothing else
 */
export function explainDatabaseError(
  provider: 'postgres' | 'mysql',
  advice: Readonly<Record<string, string>>,
  { error, secrets }: { error: unknown; secrets: readonly string[] },
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
    return new ProviderFailure({ provider, code, answer: redact(error.message, secrets), advice: known })
  }
  return new ProviderFailure({
    provider,
    code: 'Unavailable',
    answer: 'the database could not be reached, broke off or refused the change',
    advice: 'Check host, port and tls, and that this server can reach them.',
  })
}
