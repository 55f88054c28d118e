/** What every evaluation on behalf of an actor is given. */
import type { Actor } from '@/lib/access/actor'
import type { Standing } from '@/lib/access/standing'
import type { EvaluationOptions, Principal } from '@/lib/language'
import { providerRegistry } from '@/lib/providers/registry'

/** Seconds that an open session lives unless asked otherwise. */
export const defaultOpenSeconds = 2 * 3600

/** Seconds that no open session outlives. */
export const longestOpenSeconds = 24 * 3600

export type Surroundings = Pick<
  EvaluationOptions,
  'organization' | 'providers' | 'context' | 'principal' | 'openDuration'
>

/**
 * Providers, identity, and the values of `${context…}` (providers.md §6.4).
 *
 * @param openSeconds how long the opened values are wanted
 */
export function surroundings(
  actor: Actor,
  { organization }: Pick<Standing, 'organization'>,
  openSeconds: number = defaultOpenSeconds,
): Surroundings {
  const principal = principalOf(actor, organization.name)
  const { token } = principal
  return {
    organization: organization.name,
    providers: providerRegistry,
    principal,
    openDuration: openSeconds,
    context: {
      pulumi: {
        user: { login: principal.login },
        organization: { login: organization.name },
        token: {
          name: token?.name ?? '',
          type: token?.type ?? '',
          ...(token?.team !== undefined && { team: token.team }),
        },
        openDuration: goDuration(openSeconds),
      },
    },
  }
}

/** Machine tokens carry the organization's name as login; a browser session counts as the person's own. */
function principalOf({ principal, credential }: Actor, organization: string): Principal {
  switch (principal.kind) {
    case 'person':
      return { login: principal.login, token: { type: 'personal', name: credential.name } }
    case 'team':
      return { login: organization, token: { type: 'team', name: credential.name, team: principal.name } }
    case 'organization':
      return { login: organization, token: { type: 'organization', name: credential.name } }
    case 'operator':
      return { login: organization }
  }
}

/** As Go prints a duration: `2h0m0s`, `15m0s`, `30s`. */
function goDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  const parts = [
    hours > 0 ? `${hours}h` : '',
    hours > 0 || minutes > 0 ? `${minutes}m` : '',
    `${seconds % 60}s`,
  ]
  return parts.join('')
}
