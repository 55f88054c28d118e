import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { PageHeader } from '@/components/frame/frame'
import { text } from '@/components/messages'
import { listSessions } from '@/lib/access/sessions'
import { Refused } from '../../refused'
import { PasswordForm } from './password-form'
import { SessionList } from './session-list'

export const metadata: Metadata = { title: text.account.securityTitle }

export default async function SecurityPage() {
  const actor = await requireActor()
  const found = await attempt(() => listSessions(actor))
  if (!found.ok) return <Refused refusal={found} />
  return (
    <>
      <PageHeader>
        <h1 className="text-lg font-semibold">{text.account.securityTitle}</h1>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <section className="max-w-sm px-4 py-5">
          <h2 className="mb-3 font-semibold">{text.account.passwordTitle}</h2>
          <PasswordForm />
        </section>
        <section>
          <h2 className="px-4 pb-2 font-semibold">{text.account.sessions}</h2>
          <SessionList sessions={found.value} />
        </section>
      </div>
    </>
  )
}
