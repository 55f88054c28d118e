import { redirect } from 'next/navigation'

interface Props {
  params: Promise<{ org: string }>
}

export default async function OrganizationPage({ params }: Props) {
  const { org } = await params
  redirect(`/${org}/environments`)
}
