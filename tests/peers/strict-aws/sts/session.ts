import type { Account, AccountRole, Credentials } from '../account'
import { validationError } from '../fault'
import type { XmlContent } from '../xml'

const defaultSeconds = 3600

/** Check 11: the duration asked for, within the role's maximum. */
export function sessionSeconds(role: AccountRole, parameters: Record<string, string>): number {
  const seconds = Number(parameters.DurationSeconds ?? defaultSeconds)
  if (seconds > role.maxSessionDuration) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
  return seconds
}

/** The part of an answer that both ways to assume a role share. */
export function sessionResult(issued: ReturnType<Account['startSession']>): { [name: string]: XmlContent } {
  return {
    AssumedRoleUser: { Arn: issued.arn, AssumedRoleId: issued.userId },
    Credentials: credentialsElement(issued, issued.session),
  }
}

function credentialsElement(
  { accessKeyId, secretAccessKey }: Credentials,
  { token, expires }: NonNullable<Credentials['session']>,
): XmlContent {
  return {
    SessionToken: token,
    SecretAccessKey: secretAccessKey,
    Expiration: expires.toISOString().replace('.000Z', 'Z'),
    AccessKeyId: accessKeyId,
  }
}
