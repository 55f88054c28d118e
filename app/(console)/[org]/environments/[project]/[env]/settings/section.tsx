import type { ReactNode } from 'react'

export interface SectionProps {
  title: string
  body: ReactNode
  children: ReactNode
}

/** One setting: what it is, what it means, and its controls. */
export function Section({ title, body, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-3 py-5">
      <div>
        <h2 className="font-semibold">{title}</h2>
        <p className="text-muted">{body}</p>
      </div>
      {children}
    </section>
  )
}
