import Link from 'next/link'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'
import { CopyBlock } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/states'
import { everything, type ListView, viewHref } from './list-view'

export interface NoEnvironmentsProps {
  organization: string
  mayCreate: boolean
  /** Logins of who can give access; empty when the person may not know. */
  administrators: readonly string[]
}

/** Nothing at all: how to begin, or whom to ask. */
export function NoEnvironments({ organization, mayCreate, administrators }: NoEnvironmentsProps) {
  if (!mayCreate) {
    return (
      <EmptyState title={text.environments.noneVisible}>
        <p>{text.environments.noneVisibleBody}</p>
        {administrators.length > 0 ? (
          <p>{text.environments.askAdministrators(administrators.slice(0, 5).join(', '))}</p>
        ) : null}
      </EmptyState>
    )
  }
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 px-4 py-12">
      <div className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold">{text.environments.emptyTitle}</h2>
        <p className="text-muted">{text.environments.emptyBody}</p>
      </div>
      <ul className="grid gap-3 sm:grid-cols-2">
        {suggested.map((start) => (
          <li key={start}>
            <Link
              href={`?create=${start}`}
              className="flex h-full flex-col rounded border border-line px-4 py-3 hover:border-accent hover:bg-raised"
            >
              <span className="font-semibold">{text.create.starts[start].title}</span>
              <span className="text-muted">{text.create.starts[start].body}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-1">
        <p className="text-muted">{text.environments.emptyCommands}</p>
        <CopyBlock value={firstCommands(organization)} label={text.common.copyCommand} />
      </div>
      <Link
        href={`/${organization}/environments/deleted`}
        className="self-start text-muted hover:text-fg hover:underline"
      >
        {text.settings.deletedLink}
      </Link>
    </div>
  )
}

const suggested = ['example', 'aws', 'stages', 'file'] as const

function firstCommands(organization: string): string {
  const environment = `${organization}/default/my-environment`
  return [
    `esc env init ${environment}`,
    `esc env set ${environment} environmentVariables.GREETING hello`,
    `esc run ${environment} -- sh -c 'echo $GREETING'`,
  ].join('\n')
}

/** Something is there, but the filters leave none of it. */
export function NoMatches({ view }: { view: ListView }) {
  const parts = [
    view.search && `“${view.search}”`,
    view.project && text.environments.inProject(view.project),
    ...view.tags,
    view.mine && text.environments.mine,
    view.deletionProtected && text.environments.protectedOnly,
  ].filter(Boolean)
  const clear = (
    <Link href={viewHref(view, everything)} className={buttonClass()}>
      {text.environments.clearFilter}
    </Link>
  )
  return (
    <EmptyState title={text.environments.noMatch(parts.join(' · '))} actions={clear}>
      <p>{text.environments.noMatchBody}</p>
    </EmptyState>
  )
}
