'use client'

import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useAction } from '@/components/ui/use-action'
import type { ChainReport } from '@/lib/audit'
import { verify } from './actions'

/** Recomputes the whole chain, and says what it found. */
export function VerifyChain({ organization }: { organization: string }) {
  const [report, setReport] = useState<ChainReport>()
  const [busy, run] = useAction()
  return (
    <>
      <Button
        icon={<ShieldCheck aria-hidden className="size-4" />}
        busy={busy}
        onClick={() => run({ work: () => verify({ organization }), after: setReport })}
      >
        {text.audit.verify}
      </Button>
      <Dialog open={report !== undefined} onOpenChange={() => setReport(undefined)} title={text.audit.verify}>
        {report ? <Report report={report} /> : null}
      </Dialog>
    </>
  )
}

function Report({ report }: { report: ChainReport }) {
  if (!report.intact) {
    return (
      <Banner tone="error">{text.audit.broken(report.sequence, text.audit.problems[report.problem])}</Banner>
    )
  }
  return (
    <Banner>
      <p>{text.audit.intact(report.entries)}</p>
      <p className="font-mono text-xs break-all text-muted">{report.head}</p>
    </Banner>
  )
}
