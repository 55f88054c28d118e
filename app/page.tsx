import { redirect } from 'next/navigation'
import { needsSetup } from '@/lib/organizations/setup'
import { viewer } from '@/lib/organizations/viewer'
import { currentActor } from './session'

/** The front door leads to wherever the visitor can go on. */
export default async function FrontPage() {
  if (await needsSetup()) redirect('/setup')
  const actor = await currentActor()
  if (!actor) redirect('/signin')
  redirect(`/${(await viewer(actor)).defaultOrganization}/environments`)
}
