import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { atLeast } from '@/lib/access/levels'
import { listGates } from '@/lib/approvals/gates'
import { listEnvironmentTags } from '@/lib/environments/environment-tags'
import { readEnvironment } from '@/lib/environments/read'
import { Refused } from '../../../../../refused'
import { Header } from '../header'
import { CloneForm } from './clone-form'
import { DeleteForm } from './delete-form'
import { GateList } from './gates/gate-list'
import { Protection } from './protection'
import { Tags } from './tags'

export const metadata: Metadata = { title: text.settings.title }

interface Props {
  params: Promise<{ org: string; project: string; env: string }>
}

export default async function SettingsPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization, project, env: name } = await params
  const reference = { organization, project, name }
  const found = await attempt(() =>
    Promise.all([
      readEnvironment(actor, reference),
      listEnvironmentTags(actor, reference),
      listGates(actor, { organization, environment: reference }),
    ]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [{ environment, level }, { tags }, gates] = found.value
  const mayAdminister = atLeast(level, 'admin')
  return (
    <>
      <Header reference={environment} section="settings" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="flex max-w-2xl flex-col divide-y divide-line px-4">
          <Tags reference={reference} tags={tags} mayWrite={atLeast(level, 'write')} />
          <Protection reference={reference} on={environment.deletionProtected} mayChange={mayAdminister} />
          <GateList reference={reference} gates={gates} mayChange={mayAdminister} />
          {atLeast(level, 'open') ? <CloneForm reference={reference} /> : null}
          {mayAdminister ? (
            <DeleteForm
              reference={reference}
              usedBy={environment.usedBy}
              isProtected={environment.deletionProtected}
            />
          ) : null}
        </div>
      </div>
    </>
  )
}
