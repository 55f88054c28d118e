import { redirect } from 'next/navigation'

interface Props {
  params: Promise<{ org: string }>
}

export default async function AccessPage({ params }: Props) {
  const { org } = await params
  redirect(`/${org}/access/members`)
}
