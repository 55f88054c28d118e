import Link from 'next/link'
import { cx } from '@/components/ui/cx'

export interface SectionLink {
  href: string
  label: string
  current: boolean
}

/** The way between the pages of one thing, below its name; where they do not fit they scroll. */
export function SectionLinks({ label, links }: { label: string; links: readonly SectionLink[] }) {
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto px-2 [scrollbar-width:none]">
      {links.map(({ href, label, current }) => (
        <Link
          key={href}
          href={href}
          aria-current={current ? 'page' : undefined}
          className={cx(
            'flex h-8 shrink-0 items-center border-b-2 px-2 whitespace-nowrap focus-visible:-outline-offset-2',
            current
              ? 'border-accent font-semibold text-fg'
              : 'border-transparent text-muted hover:border-line-strong hover:text-fg',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
