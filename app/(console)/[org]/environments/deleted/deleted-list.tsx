'use client'

import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { DeletedEnvironment } from '@/lib/environments/deleted'
import { restore } from './actions'

export function DeletedList({ environments }: { environments: DeletedEnvironment[] }) {
  return (
    <ul>
      {environments.map((environment) => (
        <DeletedRow key={environment.id} environment={environment} />
      ))}
    </ul>
  )
}

function DeletedRow({ environment }: { environment: DeletedEnvironment }) {
  const { organization, project, name, deletedAt } = environment
  const [busy, run] = useAction()
  const full = `${project}/${name}`
  const bringBack = () =>
    run({
      work: () => restore({ organization, project, name, deletedAt }),
      done: () => text.settings.restored(full),
    })
  return (
    <li className="flex min-h-10 items-center gap-4 border-b border-line px-4">
      <span className="min-w-0 flex-1 truncate font-mono font-semibold">{full}</span>
      <span className="text-muted">
        {text.settings.deletedAgo} <Ago at={deletedAt} />
      </span>
      <Button size="sm" busy={busy} aria-label={text.settings.restoreNamed(full)} onClick={bringBack}>
        {text.settings.restore}
      </Button>
    </li>
  )
}
