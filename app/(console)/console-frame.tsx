import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { requireActor } from '@/app/session'
import { Frame } from '@/components/frame/frame'
import { key } from '@/lib/organizations/names'
import { viewer } from '@/lib/organizations/viewer'

export interface ConsoleFrameProps {
  /** Absent on pages that belong to no organization: the person's default stands in. */
  organization?: string
  children: ReactNode
}

/** An organization that the person is no member of looks like one that does not exist. */
export async function ConsoleFrame({ organization, children }: ConsoleFrameProps) {
  const { login, name, organizations, defaultOrganization } = await viewer(await requireActor())
  const wanted = key(organization ?? defaultOrganization)
  const current = organizations.find((candidate) => key(candidate.name) === wanted)
  if (!current) notFound()
  return (
    <Frame
      organization={current.name}
      organizations={organizations.map(({ name, displayName, kind }) => ({ name, displayName, kind }))}
      login={login}
      name={name}
    >
      {children}
    </Frame>
  )
}
