import { notFound } from 'next/navigation'
import type { Refusal } from '@/app/outcome'
import { text } from '@/components/messages'
import { ErrorState, ForbiddenState } from '@/components/ui/states'

/** A page whose use case said no. What one may not see looks as if it did not exist. */
export function Refused({ refusal }: { refusal: Refusal }) {
  if (refusal.code === 'not_found') notFound()
  if (refusal.code === 'forbidden') return <ForbiddenState {...(refusal.scope && { scope: refusal.scope })} />
  return (
    <ErrorState title={text.common.somethingFailed}>
      <p>{refusal.message || text.common.somethingFailedBody}</p>
    </ErrorState>
  )
}
