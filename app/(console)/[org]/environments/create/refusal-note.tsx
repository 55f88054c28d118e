import Link from 'next/link'
import { text } from '@/components/messages'
import type { Refusal } from '@/components/outcome'
import { Banner } from '@/components/ui/banner'

/** Why nothing was created. A name that is taken leads to what has it. */
export function RefusalNote({ refusal, path }: { refusal: Refusal | undefined; path: string }) {
  if (!refusal) return null
  if (refusal.code !== 'conflict') {
    return <Banner tone="error">{refusal.message || text.common.unexpected}</Banner>
  }
  return (
    <Banner tone="error">
      {text.environments.taken}{' '}
      <Link href={path} className="font-semibold underline">
        {text.environments.takenLink}
      </Link>
    </Banner>
  )
}
