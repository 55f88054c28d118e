import { CircleAlert, Lock, SearchX } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { text } from '@/components/messages'
import { buttonClass } from './button'
import { CopyBlock } from './copy-button'
import { cx } from './cx'

interface PanelProps {
  /** Whether it stands for the whole page or in a part of it. */
  level?: 'h1' | 'h2'
  icon?: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
}

function StatePanel({ level: Heading = 'h1', icon, title, children, actions }: PanelProps) {
  return (
    <div className="mx-auto flex w-full max-w-lg flex-col items-start gap-3 px-4 py-12">
      {icon}
      <Heading className="text-lg font-semibold">{title}</Heading>
      {children ? <div className="flex w-full flex-col gap-3 text-muted">{children}</div> : null}
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  )
}

export interface EmptyStateProps {
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** A command that does the same from a terminal. */
  command?: string
}

export function EmptyState({ title, children, actions, command }: EmptyStateProps) {
  return (
    <StatePanel level="h2" title={title} actions={actions}>
      {children}
      {command ? <CopyBlock value={command} label={text.common.copyCommand} /> : null}
    </StatePanel>
  )
}

/** Nothing is here, or nothing that this person may see: the two look alike. */
export function NotFoundState() {
  const home = (
    <Link href="/" className={buttonClass()}>
      {text.common.goHome}
    </Link>
  )
  return (
    <StatePanel
      title={text.common.notFoundTitle}
      icon={<SearchX aria-hidden className="size-5 text-muted" />}
      actions={home}
    >
      <p>{text.common.notFoundBody}</p>
    </StatePanel>
  )
}

export interface ErrorStateProps {
  title: string
  children?: ReactNode
  actions?: ReactNode
  requestId?: string
}

export function ErrorState({ title, children, actions, requestId }: ErrorStateProps) {
  return (
    <StatePanel
      title={title}
      actions={actions}
      icon={<CircleAlert aria-hidden className="size-5 text-error" />}
    >
      {children}
      {requestId ? <p className="font-mono text-xs">{text.common.requestId(requestId)}</p> : null}
    </StatePanel>
  )
}

/** Says which right is missing and who can give it. */
export function ForbiddenState({ scope, children }: { scope?: string; children?: ReactNode }) {
  return (
    <StatePanel
      title={text.common.forbiddenTitle}
      icon={<Lock aria-hidden className="size-5 text-warning" />}
    >
      <p>{scope ? text.common.forbiddenScope(scope) : text.common.forbidden}</p>
      {children}
    </StatePanel>
  )
}

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx('skeleton', className)} />
}
