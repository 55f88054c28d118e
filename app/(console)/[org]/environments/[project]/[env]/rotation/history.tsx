import { Fact, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Badge } from '@/components/ui/badge'
import type { RotationSummary } from '@/lib/rotation/history'

/** What was rotated, the newest first. */
export function History({ rotations }: { rotations: RotationSummary[] }) {
  if (rotations.length === 0) return <p className="px-4 text-muted">{text.rotation.historyEmpty}</p>
  return (
    <Rows label={text.rotation.history}>
      {rotations.map((rotation) => (
        <Row key={rotation.id}>
          <RowName>
            <Ago at={rotation.createdAt} />{' '}
            <span className="text-muted">
              {rotation.scheduleId ? text.rotation.bySchedule : text.rotation.by(rotation.createdByLogin)}
            </span>
            <Results rotation={rotation} />
          </RowName>
          <Fact>
            {rotation.postRevision === undefined
              ? text.rotation.rotatedNothing
              : text.rotation.revisions(rotation.preRevision, rotation.postRevision)}
          </Fact>
          <Badge {...(rotation.status === 'failed' && { tone: 'error' })}>
            {text.rotation.statuses[rotation.status]}
          </Badge>
        </Row>
      ))}
    </Rows>
  )
}

function Results({ rotation: { results, errorMessage } }: { rotation: RotationSummary }) {
  return (
    <ul className="text-xs text-muted">
      {errorMessage ? <li className="text-error">{errorMessage}</li> : null}
      {results.map(({ id, path, errorMessage: fault }) => (
        <li key={id} className="whitespace-normal">
          <span className="font-mono">{path}</span>{' '}
          {fault ? <span className="text-error">{fault}</span> : null}
        </li>
      ))}
    </ul>
  )
}
