import { OutgoingError } from '@/lib/outgoing'
import { ProviderFailure } from '@/lib/providers/failure'

/** By SQLSTATE. The messages of these name users and databases, never a password. */
const advice: Record<string, string> = {
  '28P01': 'Check managingUser: the server does not accept its password.',
  '28000': 'The server does not let managingUser in from here: check pg_hba.conf.',
  '3D000': 'Check database.',
  '42501': 'Give managingUser CREATEROLE, and GRANT the user to it WITH ADMIN OPTION.',
  '42704': 'Create the users that rotateUsers names.',
  '53300': 'The server has no connection left. Rotate again later.',
}

/** @returns a failure that quotes nothing but what the server said about one of the known faults */
export function explainPostgresError(error: unknown): ProviderFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = advice[code]
  if (known !== undefined && error instanceof Error) {
    return new ProviderFailure({ provider: 'postgres', code, answer: error.message, advice: known })
  }
  if (error instanceof OutgoingError && error.code === 'refused_address') {
    const forbidden = 'Ask the operator to allow it (OPENESC_ALLOW_PRIVATE_TARGETS).'
    return new ProviderFailure({
      provider: 'postgres',
      code: 'refused_address',
      answer: error.message.replace(/\.$/, ''),
      advice: forbidden,
    })
  }
  return new ProviderFailure({
    provider: 'postgres',
    code: 'Unavailable',
    answer: 'the database could not be reached, or broke off',
    advice: 'Check host, port and tls, and that this server can reach them.',
  })
}
