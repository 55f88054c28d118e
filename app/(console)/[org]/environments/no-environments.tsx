import Link from 'next/link'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'
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
    <EmptyState
      title={text.environments.emptyTitle}
      command={`esc env init ${organization}/default/my-environment`}
    >
      <p>{text.environments.emptyBody}</p>
    </EmptyState>
  )
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
