'use client'

import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { DeletedEnvironment } from '@/lib/environments/deleted'
import { restore } from './actions'

export function DeletedList({ environments }: { environments: DeletedEnvironment[] }) {
  return (
    <ul className="border-t border-line">
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
    <li className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1.5">
      <span className="min-w-0 grow font-mono font-semibold [overflow-wrap:anywhere] max-sm:basis-full">
        {full}
      </span>
      <span className="text-muted max-sm:grow">
        {text.settings.deletedAgo} <Ago at={deletedAt} />
      </span>
      <Button size="sm" busy={busy} aria-label={text.settings.restoreNamed(full)} onClick={bringBack}>
        {text.settings.restore}
      </Button>
    </li>
  )
}
