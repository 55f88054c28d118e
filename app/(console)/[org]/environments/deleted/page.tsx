import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { Breadcrumb } from '@/components/frame/breadcrumb'
import { PageHeader } from '@/components/frame/frame'
import { text } from '@/components/messages'
import { EmptyState } from '@/components/ui/states'
import { listDeleted } from '@/lib/environments/deleted'
import { Refused } from '../../../refused'
import { DeletedList } from './deleted-list'

export const metadata: Metadata = { title: text.settings.deletedTitle }

interface Props {
  params: Promise<{ org: string }>
}

export default async function DeletedPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const found = await attempt(() => listDeleted(actor, { organization }))
  if (!found.ok) return <Refused refusal={found} />
  return (
    <>
      <PageHeader>
        <Breadcrumb
          crumbs={[
            { label: text.environments.title, href: `/${organization}/environments` },
            { label: text.settings.deletedTitle },
          ]}
        />
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {found.value.length > 0 ? (
          <>
            <p className="px-4 py-3 text-muted">{text.settings.deletedBody}</p>
            <DeletedList environments={found.value} />
          </>
        ) : (
          <EmptyState title={text.settings.deletedEmpty}>
            <p>{text.settings.deletedBody}</p>
          </EmptyState>
        )}
      </div>
    </>
  )
}
