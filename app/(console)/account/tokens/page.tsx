import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { PageHeader } from '@/components/frame/frame'
import { text } from '@/components/messages'
import { EmptyState } from '@/components/ui/states'
import { listAccessTokens } from '@/lib/access/tokens'
import { Refused } from '../../refused'
import { CreateToken } from './create-token'
import { TokenTable } from './token-table'

export const metadata: Metadata = { title: text.account.tokensTitle }

export default async function TokensPage() {
  const actor = await requireActor()
  const found = await attempt(() => listAccessTokens(actor, { filter: 'all', limit: 500 }))
  if (!found.ok) return <Refused refusal={found} />
  const { tokens } = found.value
  return (
    <>
      <PageHeader actions={<CreateToken />}>
        <h1 className="text-lg font-semibold">{text.account.tokensTitle}</h1>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <p className="px-4 py-3 text-muted">{text.account.tokensBody}</p>
        {tokens.length > 0 ? (
          <TokenTable tokens={tokens} />
        ) : (
          <EmptyState title={text.account.tokensEmpty} command="esc login">
            <p>{text.account.tokensEmptyBody}</p>
          </EmptyState>
        )}
      </div>
    </>
  )
}
