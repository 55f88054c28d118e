import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx'

const tones = {
  info: { icon: Info, box: 'border-line bg-raised', mark: 'text-muted' },
  warning: { icon: TriangleAlert, box: 'border-warning/40 bg-warning-bg', mark: 'text-warning' },
  error: { icon: CircleAlert, box: 'border-error/40 bg-error-bg', mark: 'text-error' },
}

export interface BannerProps {
  tone?: keyof typeof tones
  title?: string
  children?: ReactNode
  action?: ReactNode
}

export function Banner({ tone = 'info', title, children, action }: BannerProps) {
  const { icon: Icon, box, mark } = tones[tone]
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className={cx('flex items-start gap-2 rounded border px-3 py-2', box)}
    >
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 flex-1 break-words">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children}
      </div>
      {action}
    </div>
  )
}
