'use client'

import { DeleteButton } from '@/components/access/delete-button'
import { DialogButton } from '@/components/access/dialog-button'
import { Fact, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import type { PermissionSetSummary } from '@/lib/organizations/permission-sets'
import { removeSet } from './actions'
import { SetForm } from './set-form'

export interface SetListProps {
  organization: string
  sets: PermissionSetSummary[]
  mayUpdate: boolean
  mayDelete: boolean
}

export function SetList({ organization, sets, mayUpdate, mayDelete }: SetListProps) {
  return (
    <Rows label={text.roles.sets}>
      {sets.map((set) => (
        <Row key={set.id}>
          <RowName>
            <span className="font-semibold">{set.name}</span>{' '}
            <span className="text-muted">{set.description}</span>
          </RowName>
          <Fact>
            <span className="font-mono text-xs">{set.scopes.join(', ')}</span>
          </Fact>
          <Fact>{text.roles.usesSet(set.uses)}</Fact>
          {mayUpdate ? <EditSet organization={organization} set={set} /> : null}
          {mayDelete ? (
            <DeleteButton
              name={set.name}
              body={text.roles.deleteSetBody}
              work={() => removeSet({ organization, id: set.id })}
            />
          ) : null}
        </Row>
      ))}
    </Rows>
  )
}

interface SetProps {
  organization: string
  set: PermissionSetSummary
}

function EditSet({ organization, set }: SetProps) {
  return (
    <DialogButton
      label={text.roles.edit}
      accessibleName={text.roles.editNamed(set.name)}
      button={{ look: 'ghost', size: 'sm' }}
      title={text.roles.editNamed(set.name)}
      size="lg"
    >
      {(close) => <SetForm organization={organization} set={set} onClose={close} />}
    </DialogButton>
  )
}
