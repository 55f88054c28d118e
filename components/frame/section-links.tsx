'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { cx } from '@/components/ui/cx'

export interface SectionLink {
  href: string
  label: string
  current: boolean
}

/** The way between the pages of one thing, below its name; where they do not fit they scroll, the current one in sight. */
export function SectionLinks({ label, links }: { label: string; links: readonly SectionLink[] }) {
  const current = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    // Newer browsers give a promise, which must not become the effect's end.
    void current.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [])
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto px-2 [scrollbar-width:none]">
      {links.map((link) => (
        <Link
          key={link.href}
          href={link.href}
          ref={link.current ? current : null}
          aria-current={link.current ? 'page' : undefined}
          className={cx(
            'flex h-8 shrink-0 items-center border-b-2 px-2 whitespace-nowrap focus-visible:-outline-offset-2',
            link.current
              ? 'border-accent font-semibold text-fg'
              : 'border-transparent text-muted hover:border-line-strong hover:text-fg',
          )}
        >
          {link.label}
        </Link>
      ))}
    </nav>
  )
}
