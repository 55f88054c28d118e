import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { AccessHeader } from '@/components/access/access-header'
import { text } from '@/components/messages'
import { EmptyState } from '@/components/ui/states'
import { heldScopes } from '@/lib/organizations/held-scopes'
import { listIssuers } from '@/lib/organizations/issuers'
import { Refused } from '../../../refused'
import { IssuerList } from './issuer-list'
import { RegisterIssuer } from './register-issuer'

export const metadata: Metadata = { title: text.issuers.title }

interface Props {
  params: Promise<{ org: string }>
}

export default async function IssuersPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const found = await attempt(() =>
    Promise.all([listIssuers(actor, { organization }), heldScopes(actor, { organization })]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [issuers, held] = found.value
  const may = {
    test: held.has('auth_policies:read'),
    write: held.has('auth_policies:update'),
    delete: held.has('oidc_issuers:delete'),
  }
  return (
    <>
      <AccessHeader
        organization={organization}
        section="issuers"
        actions={held.has('oidc_issuers:create') ? <RegisterIssuer organization={organization} /> : null}
      />
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <p className="px-4 py-3 text-muted">{text.issuers.body}</p>
        {issuers.length > 0 ? (
          <IssuerList organization={organization} issuers={issuers} may={may} />
        ) : (
          <EmptyState title={text.issuers.empty}>
            <p>{text.issuers.emptyBody}</p>
          </EmptyState>
        )}
      </div>
    </>
  )
}
