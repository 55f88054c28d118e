import type { ReactNode } from 'react'
import { cx } from './cx'

export interface BadgeProps {
  children: ReactNode
  /** For names that people type: tags, revisions. */
  mono?: boolean
  /** What went wrong stands out; everything else is calm. */
  tone?: 'error'
}

/** A short fact beside the name of something. */
export function Badge({ children, mono, tone }: BadgeProps) {
  return (
    <span
      className={cx(
        'shrink-0 rounded border px-1.5 text-xs leading-5 whitespace-nowrap',
        tone === 'error' ? 'border-error text-error' : 'border-line text-muted',
        mono && 'font-mono',
      )}
    >
      {children}
    </span>
  )
}
