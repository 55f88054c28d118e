import type { Metadata } from 'next'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { requirePerson } from '@/lib/access/person'
import { ConfirmCliLogin } from './confirm'
import { cliLoginRequest } from './request'

export const metadata: Metadata = { title: text.auth.cliLoginTitle }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Where `esc login` sends the browser (http-api.md §3.6). Nothing happens before the person confirms. */
export default async function CliLoginPage({ searchParams }: Props) {
  const { login } = requirePerson(await requireActor())
  const request = cliLoginRequest.safeParse(await searchParams)
  if (!request.success) return <Banner tone="error">{text.auth.cliLoginBadPort}</Banner>
  const { cliSessionDescription, cliSessionPort } = request.data
  return (
    <>
      <h1 className="text-lg font-semibold">{text.auth.cliLoginTitle}</h1>
      <p className="mt-1 text-muted">{text.auth.cliLoginBody(login)}</p>
      <h2 className="mt-4 text-xs text-muted">{text.auth.cliLoginDescription}</h2>
      <p className="mt-1 rounded border border-line bg-raised px-3 py-2 font-mono text-xs break-words">
        {cliSessionDescription || text.auth.cliLoginNoDescription}
      </p>
      <p className="mt-2 text-xs text-muted">{text.auth.cliLoginReturn(cliSessionPort)}</p>
      <p className="mt-4 mb-4 font-semibold">{text.auth.cliLoginNotYou}</p>
      <ConfirmCliLogin request={request.data} />
    </>
  )
}
