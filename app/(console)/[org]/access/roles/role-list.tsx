'use client'

import { DeleteButton } from '@/components/access/delete-button'
import { DialogButton } from '@/components/access/dialog-button'
import { Fact, Row, RowActions, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import type { RoleSummary } from '@/lib/organizations/roles'
import { removeRole } from './actions'
import { ruleText } from './draft-rule'
import type { RoleMaterial } from './inputs'
import { RoleForm } from './role-form'

export interface RoleListProps {
  material: RoleMaterial
  roles: RoleSummary[]
  mayUpdate: boolean
  mayDelete: boolean
}

export function RoleList({ material, roles, mayUpdate, mayDelete }: RoleListProps) {
  return (
    <Rows label={text.roles.custom}>
      {roles.map((role) => (
        <Row key={role.id}>
          <RowName>
            <span className="font-semibold">{role.name}</span>{' '}
            <span className="text-muted">{role.description}</span>
          </RowName>
          <Fact>
            {role.rules.map((rule) => ruleText(rule, material)).join(', ') || text.roles.noEnvironmentRule}
          </Fact>
          <Fact>{text.roles.uses(role.uses)}</Fact>
          <RowActions>
            {mayUpdate ? <EditRole material={material} role={role} /> : null}
            {mayDelete ? (
              <DeleteButton
                name={role.name}
                body={text.roles.deleteRoleBody}
                work={() => removeRole({ organization: material.organization, id: role.id })}
              />
            ) : null}
          </RowActions>
        </Row>
      ))}
    </Rows>
  )
}

function EditRole({ material, role }: { material: RoleMaterial; role: RoleSummary }) {
  return (
    <DialogButton
      label={text.roles.edit}
      accessibleName={text.roles.editNamed(role.name)}
      button={{ look: 'ghost', size: 'sm' }}
      title={text.roles.editNamed(role.name)}
      size="lg"
    >
      {(close) => <RoleForm material={material} role={role} onClose={close} />}
    </DialogButton>
  )
}
