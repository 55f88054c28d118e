import { Shield } from 'lucide-react'
import Link from 'next/link'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Tooltip } from '@/components/ui/tooltip'
import type { EnvironmentSummary } from '@/lib/environments/summary'
import { rowAttribute } from './row-keys'

export interface EnvironmentRowProps {
  environment: EnvironmentSummary
  /** The project is not the heading above. */
  withProject: boolean
}

export function EnvironmentRow({ environment, withProject }: EnvironmentRowProps) {
  const { organization, project, name, latestRevision, owner, usedBy, tags, modifiedAt, modifiedBy } =
    environment
  const path = `/${organization}/environments/${project}/${name}`
  return (
    <li className="relative grid min-h-8 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 border-b border-line px-4 py-1 focus-within:bg-raised hover:bg-raised md:grid-cols-[minmax(0,2fr)_4rem_minmax(0,1fr)_6rem_minmax(0,1.4fr)]">
      <span className="flex min-w-0 items-center gap-2 pl-1.5">
        <Link
          href={path}
          {...rowAttribute}
          className="min-w-0 truncate font-mono font-semibold after:absolute after:inset-0 hover:text-accent"
        >
          {withProject ? <span className="font-normal text-muted">{project}/</span> : null}
          {name}
        </Link>
        {environment.deletionProtected ? <Protected /> : null}
        <Tags tags={tags} />
      </span>
      <span className="hidden text-muted md:block">{text.environments.latest(latestRevision)}</span>
      <span className="hidden truncate text-muted md:block">
        {owner.login ? text.environments.owner(owner.login) : ''}
      </span>
      <span className="hidden text-muted md:block">
        {usedBy ? (
          <Link href={`${path}/uses`} className="relative z-10 hover:text-accent hover:underline">
            {text.environments.usedBy(usedBy)}
          </Link>
        ) : null}
      </span>
      <span className="truncate text-right text-muted">
        <Ago at={modifiedAt} />{' '}
        <span className="hidden sm:inline">
          {modifiedBy.login ? text.environments.by(modifiedBy.login) : ''}
        </span>
      </span>
    </li>
  )
}

function Protected() {
  return (
    <Tooltip content={text.environments.deleteProtected}>
      <span className="relative z-10 text-warning">
        <Shield aria-hidden className="size-3.5" />
        <span className="sr-only">{text.environments.deleteProtected}</span>
      </span>
    </Tooltip>
  )
}

function Tags({ tags }: { tags: Record<string, string> }) {
  const labels = Object.entries(tags).map(([name, value]) => (value ? `${name}=${value}` : name))
  if (labels.length === 0) return null
  // A second line is cut off: tags that do not fit are left out whole, and never at the cost of the name.
  return (
    <span className="hidden h-5.5 min-w-0 flex-[1_1000_0] flex-wrap gap-1.5 overflow-hidden sm:flex">
      {labels.map((tag) => (
        <Link
          key={tag}
          href={`?${new URLSearchParams({ tag })}`}
          className="relative z-10 h-5.5 rounded border border-line px-1.5 font-mono text-xs leading-5 whitespace-nowrap text-muted hover:border-line-strong hover:text-fg focus-visible:-outline-offset-2"
        >
          {tag}
        </Link>
      ))}
    </span>
  )
}
