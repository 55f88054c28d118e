import type { Actor } from '@/lib/access/actor'
import { appendAudit } from '@/lib/audit'
import type { Transaction } from '@/lib/db'
import type { Evaluation } from '@/lib/language'

export interface IssuedTokens {
  actor: Actor
  organizationId: string
  evaluation: Evaluation
}

/**
 * One event for every identity token that `fn::open::oidc` issued, also in an open that failed: another call may have
 * sent it out already (providers.md §2.9).
 */
export async function recordIssuedTokens(
  tx: Transaction,
  { actor, organizationId, evaluation }: IssuedTokens,
): Promise<void> {
  const issued = evaluation.calls.filter(({ provider, status }) => provider === 'oidc' && status === 'opened')
  for (const { environment, path } of issued) {
    await appendAudit(tx, {
      actor,
      organizationId,
      event: 'environment-oidc-token-issued',
      description: `Issued an identity token to ${environment}`,
      data: { definition: environment, path },
    })
  }
}
