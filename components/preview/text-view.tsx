'use client'

import { text } from '@/components/messages'
import { CopyButton } from '@/components/ui/copy-button'

/** Text to read or to copy as a whole. */
export function TextView({ value, empty }: { value: string; empty?: string }) {
  if (value === '' && empty) return <p className="px-4 py-6 text-muted">{empty}</p>
  return (
    <div className="relative">
      <CopyButton value={value} label={text.preview.copyAll} withText className="absolute top-2 right-3" />
      <pre className="p-3 pr-24 font-mono [overflow-wrap:anywhere] whitespace-pre-wrap">{value}</pre>
    </div>
  )
}
