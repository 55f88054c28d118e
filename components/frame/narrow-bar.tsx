'use client'

import { Menu as MenuIcon } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { text } from '@/components/messages'
import { IconButton } from '@/components/ui/button'
import { Logo } from '@/components/ui/logo'

/** The navigation of a narrow screen: a bar whose button slides the navigation in. */
export function NarrowBar({ organization, children }: { organization: string; children: ReactNode }) {
  const path = usePathname()
  const [openedAt, setOpenedAt] = useState<string>()
  // Arriving at another page closes the navigation without an effect.
  const open = openedAt === path
  const setOpen = (next: boolean) => setOpenedAt(next ? path : undefined)
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-raised px-2 md:hidden">
      <Radix.Root open={open} onOpenChange={setOpen}>
        <Radix.Trigger asChild>
          <IconButton label={text.frame.openNavigation} className="size-8">
            <MenuIcon aria-hidden className="size-4" />
          </IconButton>
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Overlay className="fade-in fixed inset-0 z-40 bg-overlay" />
          <Radix.Content
            aria-describedby={undefined}
            className="fade-in fixed inset-y-0 left-0 z-50 flex w-64 flex-col border-r border-line bg-raised p-2 outline-none"
          >
            <Radix.Title className="sr-only">{text.frame.mainNavigation}</Radix.Title>
            {children}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
      <Logo />
      <span className="truncate font-semibold">{organization}</span>
    </header>
  )
}
