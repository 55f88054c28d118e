'use client'

import { type ReactNode, useState } from 'react'
import { Button, type ButtonProps } from '@/components/ui/button'
import { Dialog, type DialogProps } from '@/components/ui/dialog'

export interface DialogButtonProps extends Pick<DialogProps, 'title' | 'description' | 'size'> {
  label: string
  /** Says more than the label where several buttons have the same. */
  accessibleName?: string
  button?: Pick<ButtonProps, 'look' | 'size' | 'icon' | 'disabled'>
  /** Mounted anew each time, so that what was typed before is gone. */
  children: (close: () => void) => ReactNode
}

export function DialogButton({ label, accessibleName, button, children, ...dialog }: DialogButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button {...button} aria-label={accessibleName} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} {...dialog}>
        {children(() => setOpen(false))}
      </Dialog>
    </>
  )
}
