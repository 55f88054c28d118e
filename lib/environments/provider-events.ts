import type { Actor } from '@/lib/access/actor'
import { appendAudit } from '@/lib/audit'
import type { Statements } from '@/lib/db'
import type { Evaluation } from '@/lib/language'

export interface ProviderEvents {
  actor: Actor
  organizationId: string
  evaluation: Evaluation
}

/** Providers whose every call has an event of its own (providers.md §2.9, §3). */
const eventOf: Record<string, { event: string; did: string } | undefined> = {
  oidc: { event: 'environment-oidc-token-issued', did: 'Issued an identity token to' },
  'pulumi-stacks': { event: 'stack-provider-open', did: 'Read outputs of stacks for' },
}

export function hasProviderEvents(evaluation: Evaluation): boolean {
  return recordedCalls(evaluation).length > 0
}

function recordedCalls({ calls }: Evaluation) {
  return calls.flatMap(({ environment, path, provider, status }) => {
    const known = status === 'opened' ? eventOf[provider] : undefined
    return known ? [{ environment, path, known }] : []
  })
}

/** Also for an open that failed: another call may have sent out already what this one gave. */
export async function recordProviderEvents(
  tx: Statements,
  { actor, organizationId, evaluation }: ProviderEvents,
): Promise<void> {
  for (const { environment, path, known } of recordedCalls(evaluation)) {
    await appendAudit(tx, {
      actor,
      organizationId,
      event: known.event,
      description: `${known.did} ${environment}`,
      data: { definition: environment, path },
    })
  }
}
