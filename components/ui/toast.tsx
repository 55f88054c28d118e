'use client'

import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { text } from '@/components/messages'
import { Button, IconButton } from './button'
import { cx } from './cx'

export interface ToastMessage {
  title: string
  detail?: string
  tone?: 'plain' | 'error'
  /** What takes it back, or what to do next. */
  action?: { label: string; run: () => void }
}

type Entry = ToastMessage & { id: number }

const ToastContext = createContext<(message: ToastMessage) => void>(() => {})

/** Says something in the corner that needs no answer. */
export function useToast(): (message: ToastMessage) => void {
  return useContext(ToastContext)
}

/**
 * The children stand outside Radix's provider: its context changes once its viewport is there, and a context that
 * changes above a page which is still streaming makes React throw the streamed part away and render it a second time.
 */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [entries, setEntries] = useState<Entry[]>([])
  const nextId = useRef(1)
  const show = useCallback((message: ToastMessage) => {
    const id = nextId.current++
    setEntries((before) => [...before.slice(-2), { ...message, id }])
  }, [])
  const drop = (id: number) => setEntries((before) => before.filter((entry) => entry.id !== id))
  return (
    <ToastContext.Provider value={show}>
      {children}
      <Radix.Provider label={text.common.notification} duration={6000}>
        {entries.map((entry) => (
          <ToastCard key={entry.id} entry={entry} onClose={() => drop(entry.id)} />
        ))}
        <Radix.Viewport className="fixed right-3 bottom-12 z-50 flex w-80 max-w-[calc(100vw-1.5rem)] flex-col gap-2 outline-none" />
      </Radix.Provider>
    </ToastContext.Provider>
  )
}

function ToastCard({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { action } = entry
  return (
    <Radix.Root
      className="pop fade-in flex items-start gap-2 p-3"
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <div className="min-w-0 flex-1">
        <Radix.Title className={cx('font-semibold', entry.tone === 'error' && 'text-error')}>
          {entry.title}
        </Radix.Title>
        {entry.detail ? (
          <Radix.Description className="text-xs text-muted">{entry.detail}</Radix.Description>
        ) : null}
      </div>
      {action ? (
        <Radix.Action altText={action.label} asChild>
          <Button size="sm" onClick={action.run}>
            {action.label}
          </Button>
        </Radix.Action>
      ) : null}
      <Radix.Close asChild>
        <IconButton label={text.common.dismiss}>
          <X aria-hidden className="size-3.5" />
        </IconButton>
      </Radix.Close>
    </Radix.Root>
  )
}
