'use client'

import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/states'

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <ErrorState
      title={text.common.somethingFailed}
      actions={<Button onClick={reset}>{text.common.tryAgain}</Button>}
      {...(error.digest && { requestId: error.digest })}
    >
      <p>{text.common.somethingFailedBody}</p>
    </ErrorState>
  )
}
