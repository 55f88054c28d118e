import type { ReactNode } from 'react'

/** Things of one kind below each other, each a {@link Row}. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="border-t border-line first:border-t-0">
      {children}
    </ul>
  )
}

export function Row({ children }: { children: ReactNode }) {
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-6 gap-y-1 border-b border-line px-4 py-1.5 hover:bg-raised [&>:last-child]:ml-auto">
      {children}
    </li>
  )
}

/** What the row is about. */
export function RowName({ children }: { children: ReactNode }) {
  return <span className="min-w-0 flex-[2_1_14rem] truncate">{children}</span>
}

export function Fact({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <span className="min-w-0 flex-[1_1_8rem] break-words text-muted">
      {label ? <span className="text-xs">{label}</span> : null} {children}
    </span>
  )
}

/** What can be done about the row, or its state, at the right; of one width, so that the facts of all rows line up. */
export function RowActions({ children }: { children?: ReactNode }) {
  return <span className="ml-auto flex shrink-0 items-center justify-end gap-2 sm:min-w-32">{children}</span>
}

/** The heading of a part of a page, with what can be done to it. */
export function PartHeading({ title, actions }: { title: string; actions?: ReactNode }) {
  return (
    <div className="flex min-h-11 flex-wrap items-center justify-between gap-2 px-4 pt-4 pb-2">
      <h2 className="font-semibold">{title}</h2>
      {actions}
    </div>
  )
}
