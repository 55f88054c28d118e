'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { text } from '@/components/messages'
import { IconButton } from './button'
import { cx } from './cx'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children: ReactNode
  /** `sheet` comes in from the right edge, for reading beside the work. */
  shape?: 'dialog' | 'sheet'
  size?: 'md' | 'lg' | 'xl'
}

const shapes = {
  dialog:
    'left-1/2 top-3 max-h-[calc(100dvh-1.5rem)] w-[calc(100vw-1.5rem)] -translate-x-1/2 rounded-md border border-line shadow-[var(--shadow)] sm:top-[12vh] sm:max-h-[80vh]',
  sheet: 'right-0 top-0 h-full w-[calc(100vw-1rem)] border-l border-line shadow-[var(--shadow)]',
}

const widths = { md: 'max-w-[30rem]', lg: 'max-w-[46rem]', xl: 'max-w-[72rem]' }

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, shape = 'dialog', size = 'md' } = props
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fade-in fixed inset-0 z-40 bg-overlay" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cx('fade-in fixed z-50 flex flex-col bg-bg outline-none', shapes[shape], widths[size])}
        >
          <header className="flex items-start justify-between gap-4 border-b border-line px-4 py-3">
            <div className="min-w-0">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="text-muted">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close asChild>
              <IconButton label={text.common.close}>
                <X aria-hidden className="size-4" />
              </IconButton>
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export interface DialogActionsProps {
  /** `start` on a page, where a form is read from its left edge down. */
  align?: 'start' | 'end'
  children: ReactNode
}

/** Stays in sight however long the dialog is. */
const footer = 'sticky -bottom-4 -mx-4 -mb-4 border-t border-line bg-bg px-4 py-3 first:border-t-0 first:pt-0'

export function DialogActions({ align = 'end', children }: DialogActionsProps) {
  return (
    <div
      className={cx(
        'mt-2 flex flex-wrap items-center gap-2 first:mt-0',
        align === 'end' ? `justify-end ${footer}` : 'justify-start',
      )}
    >
      {children}
    </div>
  )
}
