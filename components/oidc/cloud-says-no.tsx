import { text } from '@/components/messages'
import { CopyBlock } from '@/components/ui/copy-button'
import { awsTrust, parseRoleArn } from '@/lib/oidc/trust'
import { Claims } from './identity-panel'
import type { CloudRefusal } from './refusal'

export interface CloudSaysNoProps {
  refusal: CloudRefusal
  /** The role that was asked for, when the definition names it. */
  roleArn?: string
}

/** A refused login: what was sent, what the cloud answered, and what has to change there. */
export function CloudSaysNo({ refusal, roleArn }: CloudSaysNoProps) {
  const trust = awsTrust({ ...refusal.sent, ...(roleArn && parseRoleArn(roleArn)) })
  return (
    <div className="flex flex-col gap-4">
      <section className="flex flex-col gap-1.5">
        <h3 className="font-semibold">{text.oidc.diagnosisSaid}</h3>
        <p className="rounded border border-line bg-raised px-3 py-2 font-mono text-xs break-words">
          {refusal.code}: {refusal.answer}
        </p>
      </section>
      <section className="flex flex-col gap-1.5">
        <h3 className="font-semibold">{text.oidc.diagnosisSent}</h3>
        <Claims {...refusal.sent} />
      </section>
      <section className="flex flex-col gap-1.5">
        <h3 className="font-semibold">{text.oidc.diagnosisChange}</h3>
        <p>{refusal.advice}</p>
        <CopyBlock value={trust.policy} label={text.oidc.copyPolicy} />
      </section>
    </div>
  )
}
