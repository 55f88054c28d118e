'use client'

import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'

const itemClass =
  'flex h-8 select-none items-center gap-2 rounded px-2 text-sm text-fg outline-none data-highlighted:bg-hover data-disabled:opacity-50'

/** Not modal: a modal one hides the page from screen readers while its triggers stay focusable. */
export function Menu(props: ComponentProps<typeof DropdownMenu.Root>) {
  return <DropdownMenu.Root modal={false} {...props} />
}

export const MenuTrigger = DropdownMenu.Trigger

export function MenuContent({ className, children, ...rest }: ComponentProps<typeof DropdownMenu.Content>) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        sideOffset={4}
        align="start"
        collisionPadding={8}
        className={cx('pop fade-in z-50 max-h-[70vh] min-w-44 max-w-80 overflow-y-auto p-1', className)}
        {...rest}
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  )
}

export function MenuItem({ className, ...rest }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item className={cx(itemClass, className)} {...rest} />
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 py-1 text-xs text-muted">{children}</DropdownMenu.Label>
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 border-t border-line" />
}

export interface MenuChoiceProps<Value extends string> {
  value: Value
  options: { value: Value; label: string; icon?: ReactNode }[]
  onChange: (value: Value) => void
}

/** One of several, the chosen one ticked. */
export function MenuChoice<Value extends string>({ value, options, onChange }: MenuChoiceProps<Value>) {
  return options.map((option) => (
    <DropdownMenu.CheckboxItem
      key={option.value}
      checked={option.value === value}
      onCheckedChange={() => onChange(option.value)}
      className={cx(itemClass, 'justify-between')}
    >
      <span className="flex min-w-0 items-center gap-2">
        {option.icon}
        <span className="truncate">{option.label}</span>
      </span>
      <DropdownMenu.ItemIndicator>
        <Check aria-hidden className="size-3.5 text-accent" />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.CheckboxItem>
  ))
}
