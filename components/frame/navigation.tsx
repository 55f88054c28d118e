'use client'

import { Boxes, GitPullRequest, ScrollText, Settings, Users } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { text } from '@/components/messages'
import { cx } from '@/components/ui/cx'
import { sections } from './sections'

const icons = {
  environments: Boxes,
  approvals: GitPullRequest,
  access: Users,
  audit: ScrollText,
  settings: Settings,
}

export function Navigation({ organization }: { organization: string }) {
  const path = usePathname()
  return (
    <nav aria-label={text.frame.mainNavigation} className="flex flex-col gap-0.5">
      {sections(organization).map(({ name, href, label }) => {
        const Icon = icons[name]
        const current = path === href || path.startsWith(`${href}/`)
        return (
          <Link
            key={href}
            href={href}
            title={label}
            aria-current={current ? 'page' : undefined}
            className={cx(
              'flex h-8 items-center gap-2 rounded px-2',
              current ? 'bg-hover font-semibold text-fg' : 'text-muted hover:bg-hover hover:text-fg',
            )}
          >
            <Icon aria-hidden className="size-4 shrink-0" />
            <span className="md:max-lg:sr-only">{label}</span>
          </Link>
        )
      })}
    </nav>
  )
}
