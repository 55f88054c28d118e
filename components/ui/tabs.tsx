'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cx } from './cx'

export const Tabs = Radix.Root

export function TabList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return (
    <Radix.List
      className={cx('flex min-w-0 items-center gap-0.5 overflow-x-auto [scrollbar-width:none]', className)}
      {...rest}
    />
  )
}

export function Tab({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={cx(
        'h-6 shrink-0 rounded px-2 text-xs whitespace-nowrap text-muted hover:bg-hover hover:text-fg focus-visible:-outline-offset-2',
        'data-[state=active]:bg-hover data-[state=active]:font-semibold data-[state=active]:text-fg',
        className,
      )}
      {...rest}
    />
  )
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cx('min-h-0 flex-1 outline-none', className)} {...rest} />
}
