import { text } from '@/components/messages'
import { CheckStatus } from '@/components/preview/check-status'
import { Countdown } from '@/components/preview/countdown'
import type { CheckState } from '@/components/preview/use-check'
import type { OpenedEnvironment } from '@/components/preview/use-open-session'
import { Button } from '@/components/ui/button'

export interface OpenStatusProps {
  opened: OpenedEnvironment
  /** The opened values are on the screen, not the preview. */
  shown: boolean
  /** They belong to the text at the left. */
  current: boolean
  check: CheckState
  onShow: (opened: boolean) => void
}

/** How long the session lasts, and the way between its values and the preview. */
export function OpenStatus({ opened, shown, current, check, onShow }: OpenStatusProps) {
  if (!shown) {
    return (
      <div className="flex items-center gap-3">
        <CheckStatus check={check} />
        {current ? (
          <Button size="sm" onClick={() => onShow(true)}>
            {text.preview.showOpened}
          </Button>
        ) : (
          <span className="text-xs text-warning">{text.preview.openStale}</span>
        )}
      </div>
    )
  }
  return (
    <div className="flex items-center gap-3">
      <p className="flex items-center gap-2 whitespace-nowrap text-muted">
        <span aria-hidden className="size-2 rounded-full bg-secret" />
        <Countdown until={opened.expiresAt} format={text.preview.openLeft} />
      </p>
      <Button size="sm" look="ghost" onClick={() => onShow(false)}>
        {text.preview.showPreview}
      </Button>
    </div>
  )
}
