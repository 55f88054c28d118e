import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { hasErrors } from '@/lib/language/syntax/diagnostic'
import type { CheckState } from './use-check'

/** The dot and the word that say how fresh the preview is. */
export function CheckStatus({ check }: { check: CheckState }) {
  const { word, dot } = look(check)
  return (
    <p role="status" className="flex min-w-0 items-center gap-2 whitespace-nowrap text-muted">
      <span className="font-semibold text-fg">{text.preview.title}</span>
      <span aria-hidden className={cx('size-2 rounded-full', dot)} />
      <span>{word}</span>
      {check.status === 'failed' ? (
        <Button size="sm" onClick={check.retry}>
          {text.common.tryAgain}
        </Button>
      ) : null}
    </p>
  )
}

function look({ status, checked }: CheckState): { word: string; dot: string } {
  if (status === 'failed') return { word: text.preview.checkFailed, dot: 'bg-error' }
  if (status === 'checking') return { word: text.preview.checking, dot: 'bg-accent' }
  if (status === 'stale') return { word: text.preview.stale, dot: 'bg-line-strong' }
  return hasErrors(checked.diagnostics)
    ? { word: text.preview.hasErrors, dot: 'bg-error' }
    : { word: text.preview.checked, dot: 'bg-ok' }
}
