import { text } from '@/components/messages'
import { CopyBlock } from '@/components/ui/copy-button'
import type { ProviderRefusal } from '@/lib/language'
import { trustFor } from '@/lib/oidc/trust-for'
import { Claims } from './identity-panel'

/** A provider's refusal of a login that presented an identity token. */
export type LoginRefusal = ProviderRefusal & Required<Pick<ProviderRefusal, 'sent'>>

export function isLoginRefusal(refusal: ProviderRefusal): refusal is LoginRefusal {
  return refusal.sent !== undefined
}

export interface CloudSaysNoProps {
  refusal: LoginRefusal
  /** The role that was asked for, when the definition names it. */
  roleArn?: string
}

/** A refused login: what was sent, what the cloud answered, and what has to change there. */
export function CloudSaysNo({ refusal, roleArn }: CloudSaysNoProps) {
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
        <Trust sent={refusal.sent} roleArn={roleArn} />
      </section>
    </div>
  )
}

/** What the service must be told so that it accepts these claims the next time. */
function Trust({ sent, roleArn }: { sent: LoginRefusal['sent']; roleArn: string | undefined }) {
  const trust = trustFor(sent, { roleArn })
  return trust ? <CopyBlock value={trust.policy} label={text.oidc.copyPolicy} /> : null
}
