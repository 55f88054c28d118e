import Link from 'next/link'
import { text } from '@/components/messages'
import { cx } from '@/components/ui/cx'

export interface Crumb {
  label: string
  href?: string
}

/** Where this page is; the last one is the page itself and its heading. */
export function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  const parents = crumbs.slice(0, -1)
  const last = crumbs.at(-1)
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <nav aria-label={text.frame.breadcrumb} className="min-w-0 shrink-[2]">
        <ol className="flex min-w-0 items-center gap-1.5 text-muted">
          {parents.map(({ label, href }, index) => (
            <li
              key={label}
              className={cx(
                'flex min-w-0 items-center gap-1.5',
                // A phone has room for the nearest one.
                index < parents.length - 1 && 'max-sm:hidden',
              )}
            >
              {href ? (
                <Link href={href} className="truncate rounded hover:text-fg hover:underline">
                  {label}
                </Link>
              ) : (
                <span className="truncate">{label}</span>
              )}
              <span aria-hidden>/</span>
            </li>
          ))}
        </ol>
      </nav>
      {last ? <h1 className="truncate font-semibold">{last.label}</h1> : null}
    </div>
  )
}
