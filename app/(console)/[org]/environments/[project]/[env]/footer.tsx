import { ImportsPanel } from '@/components/editor/imports-panel'
import type { Checked } from '@/components/preview/use-check'
import type { ApprovalState } from '@/lib/approvals/state'
import { ActiveProposal } from './active-proposal'
import { ProposeDialog } from './propose-dialog'
import { StatusBar, type StatusBarProps } from './status-bar'
import type { Reference } from './use-definition'

export interface FooterProps extends Omit<StatusBarProps, 'children'> {
  reference: Reference
  approval: ApprovalState
  checked: Checked
  proposing: boolean
  onProposing: (open: boolean) => void
}

/** What is imported, what is proposed already, and saving or proposing. */
export function Footer({ reference, approval, checked, proposing, onProposing, ...bar }: FooterProps) {
  const { text, stored, message } = bar.definition
  return (
    <>
      <StatusBar {...bar}>
        <ActiveProposal organization={reference.organization} approval={approval} />
        <ImportsPanel organization={reference.organization} participants={checked.participants ?? []} />
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
