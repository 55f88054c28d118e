'use client'

import { useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ImportsEditor, type ImportsEditorProps } from './imports-editor'

export interface ImportsPanelProps extends ImportsEditorProps {
  count: number
  /** Asks for the newest revisions: they matter only while the panel is open. */
  onOpen: () => void
}

/** Which environments take part in the preview, and at which revision. */
export function ImportsPanel({ count, onOpen, ...editor }: ImportsPanelProps) {
  const [open, setOpen] = useState(false)
  const change = (next: boolean) => {
    setOpen(next)
    if (next) onOpen()
  }
  return (
    <>
      <Button look="ghost" size="sm" onClick={() => change(true)}>
        {text.imports.button(count)}
      </Button>
      <Dialog
        shape="sheet"
        size="lg"
        open={open}
        onOpenChange={change}
        title={text.imports.title}
        description={text.imports.description}
      >
        <ImportsEditor {...editor} />
      </Dialog>
    </>
  )
}
