'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { text } from '@/components/messages'
import { Button, IconButton } from './button'

export interface CopyButtonProps {
  /** What lands on the clipboard; a function when it must not be made before the press. */
  value: string | (() => string)
  /** What is copied, for the accessible name: "Copy subject". */
  label: string
  /** Shows the label as a button's text instead of only an icon. */
  withText?: boolean
  className?: string
}

const confirmationMs = 1500

export function CopyButton({ value, label, withText, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), confirmationMs)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    await navigator.clipboard.writeText(typeof value === 'string' ? value : value())
    setCopied(true)
  }
  const Icon = copied ? Check : Copy
  const icon = <Icon aria-hidden className={copied ? 'size-3.5 text-ok' : 'size-3.5'} />
  const live = (
    <span role="status" className="sr-only">
      {copied ? text.common.copied : ''}
    </span>
  )
  if (withText) {
    return (
      <Button size="sm" icon={icon} onClick={copy} className={className}>
        {copied ? text.common.copied : label}
        {live}
      </Button>
    )
  }
  return (
    <>
      <IconButton label={label} onClick={copy} className={className}>
        {icon}
      </IconButton>
      {live}
    </>
  )
}

/** Text to copy, in a frame with its button. */
export function CopyBlock({ value, label }: { value: string; label: string }) {
  return (
    <div className="relative rounded border border-line bg-raised">
      <pre className="p-3 pr-11 font-mono text-xs break-words whitespace-pre-wrap">{value}</pre>
      <CopyButton value={value} label={label} className="absolute top-2 right-2 bg-bg" />
    </div>
  )
}
