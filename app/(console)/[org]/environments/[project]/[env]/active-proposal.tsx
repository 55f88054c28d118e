import Link from 'next/link'
import { text } from '@/components/messages'
import type { ApprovalState } from '@/lib/approvals/state'

/** That somebody proposes a change already. */
export function ActiveProposal({
  organization,
  approval,
}: {
  organization: string
  approval: ApprovalState
}) {
  const { activeChangeRequest: active } = approval
  if (!active) return null
  return (
    <Link href={`/${organization}/approvals/${active.id}`} className="truncate text-xs underline">
      {text.approvals.activeProposal}
    </Link>
  )
}
