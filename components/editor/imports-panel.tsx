'use client'

import Link from 'next/link'
import { useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { ParticipatingEnvironment } from '@/lib/language'

export interface ImportsPanelProps {
  organization: string
  /** Every environment of the last check, the one that is edited first. */
  participants: readonly ParticipatingEnvironment[]
}

/** Which environments take part in the preview, and at which revision. */
export function ImportsPanel({ organization, participants }: ImportsPanelProps) {
  const [open, setOpen] = useState(false)
  const imported = participants.slice(1)
  return (
    <>
      <Button look="ghost" size="sm" onClick={() => setOpen(true)}>
        {text.imports.button(imported.length)}
      </Button>
      <Dialog
        shape="sheet"
        open={open}
        onOpenChange={setOpen}
        title={text.imports.title}
        description={text.imports.description}
      >
        {imported.length === 0 ? <p className="text-muted">{text.imports.none}</p> : null}
        <ul className="divide-y divide-line">
          {imported.map(({ name, revision }) => (
            <li key={name} className="flex min-h-9 items-center justify-between gap-3">
              <Link
                href={`/${organization}/environments/${name.replace(/@.*$/, '')}`}
                className="min-w-0 font-mono font-semibold break-all hover:text-accent hover:underline"
              >
                {name}
              </Link>
              {revision === undefined ? null : (
                <span className="text-muted">{text.imports.revision(revision)}</span>
              )}
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  )
}
