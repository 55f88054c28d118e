'use client'

import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { ChangeRequestDetail } from '@/lib/approvals/change-requests'
import { saveVersion } from '../actions'
import { referenceOf } from './proposal'

/** Proposes the same text against what the environment is now; the difference shows what that would undo. */
export function RenewButton({
  organization,
  request,
}: {
  organization: string
  request: ChangeRequestDetail
}) {
  const [busy, run] = useAction()
  const definition = request.change?.after ?? ''
  const renew = () =>
    run({
      work: () => saveVersion({ ...referenceOf(organization, request), definition }),
      done: () => text.approvals.renewed,
    })
  return (
    <Button size="sm" busy={busy} onClick={renew}>
      {text.approvals.renew}
    </Button>
  )
}
