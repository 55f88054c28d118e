import Link from 'next/link'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/states'

export function NoEnvironments({ organization, search }: { organization: string; search: string }) {
  if (search) {
    const clear = (
      <Link href={`/${organization}/environments`} className={buttonClass()}>
        {text.environments.clearFilter}
      </Link>
    )
    return (
      <EmptyState title={text.environments.noMatch(search)} actions={clear}>
        <p>{text.environments.noMatchBody}</p>
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
