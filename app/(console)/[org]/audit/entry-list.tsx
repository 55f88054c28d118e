import { Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import type { AuditEntry } from '@/lib/organizations/audit-log'

export function EntryList({ entries }: { entries: AuditEntry[] }) {
  return (
    <Rows label={text.audit.log}>
      {entries.map((entry) => (
        <EntryRow key={entry.sequence} entry={entry} />
      ))}
    </Rows>
  )
}

const columns = 'grid-cols-2 md:grid-cols-[11rem_2fr_1fr_1fr] xl:grid-cols-[11rem_2fr_1fr_1fr_17rem]'

/** One line each; where that is too narrow, whence it came goes below what happened. */
function EntryRow({ entry }: { entry: AuditEntry }) {
  const { sequence, at, event, description, user, credential, environment, address, requestId } = entry
  return (
    <li
      className={`grid ${columns} gap-x-6 gap-y-1 border-b border-line px-4 py-2 break-words hover:bg-raised *:min-w-0`}
    >
      <span className="text-muted max-md:col-span-2">
        <time dateTime={at}>{at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>
        <span className="ml-2 text-xs md:ml-0 md:block">#{sequence}</span>
      </span>
      <span className="max-md:col-span-2">
        {description}
        <span className="block font-mono text-xs text-muted">{event}</span>
      </span>
      <span>
        {user.login || user.kind}
        <span className="block text-xs text-muted">{credential.kind}</span>
      </span>
      <span className="font-mono text-xs/5 text-muted">{environment ? environment.name : '–'}</span>
      <span className="text-muted max-xl:col-span-2 max-xl:text-xs md:max-xl:col-span-3 md:max-xl:col-start-2">
        {address || '–'}
        <span className="ml-2 text-xs xl:ml-0 xl:block" title={text.audit.request(requestId)}>
          {requestId}
        </span>
      </span>
    </li>
  )
}
