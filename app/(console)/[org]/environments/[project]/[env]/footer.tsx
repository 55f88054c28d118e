import type { ApprovalState } from '@/lib/approvals/state'
import { ActiveProposal } from './active-proposal'
import { ProposeDialog } from './propose-dialog'
import { StatusBar, type StatusBarProps } from './status-bar'
import type { Reference } from './use-saving'

export interface FooterProps extends Omit<StatusBarProps, 'children'> {
  reference: Reference
  approval: ApprovalState
  proposing: boolean
  onProposing: (open: boolean) => void
}

/** What is proposed already, and saving or proposing. */
export function Footer({ reference, approval, proposing, onProposing, ...bar }: FooterProps) {
  const { text, stored, message } = bar.definition
  return (
    <>
      <StatusBar {...bar}>
        <ActiveProposal organization={reference.organization} approval={approval} />
      </StatusBar>
      <ProposeDialog
        reference={reference}
        definition={text}
        etag={stored.etag}
        message={message}
        open={proposing}
        onOpenChange={onProposing}
      />
    </>
  )
}
