import { Fact, Row, RowName, Rows } from '@/components/access/rows'
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

function EntryRow({ entry }: { entry: AuditEntry }) {
  const { sequence, at, event, description, user, credential, environment, address, requestId } = entry
  return (
    <Row>
      <span className="w-48 shrink-0 whitespace-nowrap text-muted">
        <time dateTime={at}>{at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>
        <span className="block text-xs">#{sequence}</span>
      </span>
      <RowName>
        <span>{description}</span>
        <span className="block truncate font-mono text-xs text-muted">{event}</span>
      </RowName>
      <Fact>
        <span className="text-fg">{user.login || user.kind}</span>
        <span className="block text-xs">{credential.kind}</span>
      </Fact>
      <Fact>{environment ? <span className="font-mono text-xs">{environment.name}</span> : '–'}</Fact>
      <Fact>
        {address || '–'}
        <span className="block truncate text-xs" title={text.audit.request(requestId)}>
          {requestId}
        </span>
      </Fact>
    </Row>
  )
}
