import type { ReactNode } from 'react'
import { ConsoleFrame } from '../console-frame'

interface Props {
  params: Promise<{ org: string }>
  children: ReactNode
}

export default async function OrganizationLayout({ params, children }: Props) {
  const { org } = await params
  return <ConsoleFrame organization={org}>{children}</ConsoleFrame>
}
