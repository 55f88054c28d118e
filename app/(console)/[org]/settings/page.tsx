import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { heldScopes } from '@/lib/organizations/held-scopes'
import { type OrganizationSettings, readSettings } from '@/lib/organizations/settings'
import { Refused } from '../../refused'
import { CreateOrganization } from './create-organization'
import { SettingsHeader } from './header'
import { RenameOrganization } from './rename-form'
import { SettingsForm } from './settings-form'

export const metadata: Metadata = { title: text.organization.title }

interface Props {
  params: Promise<{ org: string }>
}

export default async function SettingsPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const found = await attempt(() =>
    Promise.all([readSettings(actor, { organization }), heldScopes(actor, { organization })]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [settings, held] = found.value
  const isShared = settings.kind === 'shared'
  return (
    <>
      <SettingsHeader organization={organization} section="general" actions={<CreateOrganization />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="flex max-w-2xl flex-col divide-y divide-line px-4">
          <section className="flex flex-col gap-3 py-5">
            <p className="text-muted">{factsOf(settings)}</p>
            {isShared ? null : <Banner>{text.organization.individual}</Banner>}
            {held.has('organization:update') ? (
              <SettingsForm settings={settings} />
            ) : (
              <Banner>{text.common.forbiddenScope('organization:update')}</Banner>
            )}
          </section>
          {isShared && held.has('organization:rename') ? (
            <section className="flex flex-col items-start gap-3 py-5">
              <h2 className="font-semibold">{text.organization.rename}</h2>
              <p className="text-muted">{text.organization.renameBody}</p>
              <RenameOrganization organization={settings.name} />
            </section>
          ) : null}
        </div>
      </div>
    </>
  )
}

function factsOf({ memberCount, environmentCount }: OrganizationSettings): string {
  return text.organization.facts({ members: memberCount, environments: environmentCount })
}
