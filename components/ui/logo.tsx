import { cx } from './cx'

export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={cx('size-5 shrink-0', className)}>
      <title>OpenESC</title>
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path d="M9 10h14M9 16h9M9 22h14" stroke="var(--accent-fg)" strokeWidth="2.8" strokeLinecap="round" />
      <circle cx="22.5" cy="16" r="2.1" fill="var(--accent-fg)" />
    </svg>
  )
}
