'use client'

import { useState } from 'react'
import { LazyDiffEditor } from '@/components/editor/lazy'
import { LeaveGuard } from '@/components/frame/leave-guard'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { ChangeRequestDetail } from '@/lib/approvals/change-requests'
import { saveVersion } from '../actions'

export interface ProposalProps {
  organization: string
  request: ChangeRequestDetail
  change: NonNullable<ChangeRequestDetail['change']>
}

/** What is there beside what is proposed, which whoever may write goes on writing. */
export function Proposal({ organization, request, change }: ProposalProps) {
  const [definition, setDefinition] = useState(change.after)
  const [busy, run] = useAction()
  const changed = definition !== change.after
  const save = () =>
    run({
      work: () => saveVersion({ ...referenceOf(organization, request), definition }),
      done: text.approvals.savedVersion,
    })
  return (
    <section aria-label={text.approvals.after} className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-9 flex-wrap items-center gap-x-6 gap-y-1 border-b border-line px-4 py-1 text-xs text-muted">
        <span>
          {text.approvals.before}: {text.editor.revision(change.environmentRevision)}
        </span>
        <span>
          {text.approvals.after}: {text.approvals.version(request.latestRevision)}
        </span>
        {changed ? (
          <Button size="sm" look="primary" busy={busy} onClick={save} className="ml-auto">
            {text.approvals.saveVersion}
          </Button>
        ) : null}
      </div>
      <div className="min-h-80 flex-1 lg:min-h-0">
        <LazyDiffEditor
          original={change.before}
          modified={change.after}
          {...(request.abilities.edit && { onChange: setDefinition })}
          originalLabel={text.approvals.before}
          modifiedLabel={text.approvals.after}
        />
      </div>
      <LeaveGuard active={changed && !busy} />
    </section>
  )
}

export function referenceOf(organization: string, request: ChangeRequestDetail) {
  const { id, project, name, latestRevision } = request
  return { organization, project, name, id, etag: `${id}/${latestRevision}` }
}
