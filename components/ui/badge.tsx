import type { ReactNode } from 'react'
import { cx } from './cx'

export interface BadgeProps {
  children: ReactNode
  /** For names that people type: tags, revisions. */
  mono?: boolean
}

/** A short fact beside the name of something. */
export function Badge({ children, mono }: BadgeProps) {
  return (
    <span
      className={cx(
        'shrink-0 rounded border border-line px-1.5 text-xs leading-5 whitespace-nowrap text-muted',
        mono && 'font-mono',
      )}
    >
      {children}
    </span>
  )
}
