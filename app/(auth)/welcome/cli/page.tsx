import type { Metadata } from 'next'
import { text } from '@/components/messages'
import { CopyBlock } from '@/components/ui/copy-button'

export const metadata: Metadata = { title: text.auth.welcomeCliTitle }

export default function WelcomeCliPage() {
  return (
    <>
      <h1 className="text-lg font-semibold">{text.auth.welcomeCliTitle}</h1>
      <p className="mt-1 mb-4 text-muted">{text.auth.welcomeCliBody}</p>
      <p className="mb-1 text-xs text-muted">{text.auth.welcomeCliNext}</p>
      <CopyBlock value="esc env ls" label={text.common.copyCommand} />
    </>
  )
}
