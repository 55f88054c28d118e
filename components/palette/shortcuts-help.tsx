'use client'

import { sections } from '@/components/frame/sections'
import { text } from '@/components/messages'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'

const groups = [
  {
    title: text.palette.shortcutsAnywhere,
    keys: [
      ['Mod+K', text.palette.keyPalette],
      ...sections('').map(({ key, label }) => [`G ${key.toUpperCase()}`, text.palette.goTo(label)]),
      ['?', text.palette.keyHelp],
    ],
  },
  {
    title: text.palette.shortcutsList,
    keys: [
      ['C', text.palette.keyCreate],
      ['/', text.palette.keySearch],
      ['J', text.palette.keyNextRow],
      ['K', text.palette.keyPreviousRow],
    ],
  },
  {
    title: text.palette.shortcutsEditor,
    keys: [
      ['Mod+S', text.palette.keySave],
      ['Mod+Enter', text.palette.keyOpen],
      ['Mod+Shift+S', text.palette.keyReveal],
      ['F8', text.palette.keyNextProblem],
      ['Ctrl+Space', text.palette.keySuggest],
    ],
  },
]

export interface ShortcutsHelpProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

export function ShortcutsHelp({ open, onOpenChange }: ShortcutsHelpProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={text.palette.shortcuts}>
      <div className="flex flex-col gap-4">
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3 className="mb-1 text-xs text-muted">{title}</h3>
            <dl>
              {keys.map(([shortcut = '', what]) => (
                <div key={shortcut} className="flex h-7 items-center justify-between">
                  <dt>{what}</dt>
                  <dd>
                    <Kbd keys={shortcut} className="rounded border border-line px-1.5 py-0.5" />
                    <span className="sr-only">{shortcut.replaceAll('+', ' ')}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
