'use client'

import { useState } from 'react'
import type { RequestRefusal } from '@/components/editor/request'
import { text } from '@/components/messages'
import { CloudSaysNo, isLoginRefusal, type LoginRefusal } from '@/components/oidc/cloud-says-no'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { Diagnostic } from '@/lib/language'

export interface OpenFailureProps {
  refusal: RequestRefusal
  roleArn: string | undefined
  onClose: () => void
}

/** Why an open failed; a cloud's refusal is explained in full, since what must change lies there. */
export function OpenFailure({ refusal, roleArn, onClose }: OpenFailureProps) {
  const [explained, setExplained] = useState<LoginRefusal>()
  const errors = (refusal.diagnostics ?? []).filter(({ severity }) => severity !== 'warning')
  return (
    <Banner
      tone="error"
      title={text.preview.openFailed}
      action={
        <Button size="sm" onClick={onClose}>
          {text.common.dismiss}
        </Button>
      }
    >
      {errors.length === 0 ? <p>{explain(refusal)}</p> : null}
      <ul className="mt-1 flex flex-col gap-2">
        {errors.map((diagnostic) => (
          <li key={`${diagnostic.path} ${diagnostic.summary}`}>
            <Finding diagnostic={diagnostic} onExplain={setExplained} />
          </li>
        ))}
      </ul>
      <Dialog
        shape="sheet"
        size="lg"
        open={explained !== undefined}
        onOpenChange={() => setExplained(undefined)}
        title={text.oidc.diagnosisTitle}
      >
        {explained ? <CloudSaysNo refusal={explained} {...(roleArn && { roleArn })} /> : null}
      </Dialog>
    </Banner>
  )
}

interface FindingProps {
  diagnostic: Diagnostic
  onExplain: (refusal: LoginRefusal) => void
}

function Finding({ diagnostic, onExplain }: FindingProps) {
  const { refusal } = diagnostic
  if (!refusal) return <span className="break-words">{diagnostic.summary}</span>
  return (
    <div className="flex flex-col items-start gap-1.5">
      <p className="font-mono text-xs break-words">
        {refusal.code}: {refusal.answer}
      </p>
      <p>{refusal.advice}</p>
      {isLoginRefusal(refusal) ? <Sent refusal={refusal} onExplain={onExplain} /> : null}
    </div>
  )
}

function Sent({ refusal, onExplain }: { refusal: LoginRefusal } & Pick<FindingProps, 'onExplain'>) {
  return (
    <>
      <dl className="text-xs text-muted">
        <ClaimLine name={text.oidc.subject} value={refusal.sent.subject} />
        <ClaimLine name={text.oidc.audience} value={refusal.sent.audience} />
      </dl>
      <Button size="sm" onClick={() => onExplain(refusal)}>
        {text.oidc.diagnose}
      </Button>
    </>
  )
}

function ClaimLine({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex gap-2">
      <dt>{name}</dt>
      <dd className="font-mono break-all">{value}</dd>
    </div>
  )
}

function explain({ code, message }: RequestRefusal): string {
  if (code === 'forbidden') return text.preview.openForbidden
  if (code === 'unreachable') return text.common.unreachable
  return message || text.common.unexpected
}
