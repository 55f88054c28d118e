'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import type { CustomRole } from '@/components/access/role-choice'
import { PartHeading, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { giveRole, takeRole } from '../actions'
import type { TeamReference } from './team-members'

export interface TeamRolesProps {
  reference: TeamReference
  roles: CustomRole[]
  /** The custom roles of the organization. */
  candidates: CustomRole[]
  mayChange: boolean
}

export function TeamRoles({ reference, roles, candidates, mayChange }: TeamRolesProps) {
  const [busy, run] = useAction()
  const others = candidates.filter(({ id }) => !roles.some((role) => role.id === id))
  const add = (
    <DialogButton label={text.teams.addRole} button={{ size: 'sm' }} title={text.teams.addRole}>
      {(close) => <AddRole reference={reference} candidates={others} onClose={close} />}
    </DialogButton>
  )
  return (
    <section aria-label={text.teams.roles}>
      <PartHeading title={text.teams.roles} actions={mayChange && others.length > 0 ? add : null} />
      {roles.length === 0 ? <p className="px-4 text-muted">{text.teams.rolesEmpty}</p> : null}
      {roles.length > 0 ? (
        <Rows label={text.teams.roles}>
          {roles.map(({ id, name }) => (
            <Row key={id}>
              <RowName>{name}</RowName>
              {mayChange ? (
                <Button
                  look="ghost"
                  size="sm"
                  disabled={busy}
                  aria-label={text.teams.removeRole(name)}
                  onClick={() => run({ work: () => takeRole({ ...reference, roleId: id }) })}
                >
                  {text.teams.remove}
                </Button>
              ) : null}
            </Row>
          ))}
        </Rows>
      ) : null}
    </section>
  )
}

interface AddRoleProps {
  reference: TeamReference
  candidates: CustomRole[]
  onClose: () => void
}

function AddRole({ reference, candidates, onClose }: AddRoleProps) {
  const [roleId, setRoleId] = useState(candidates[0]?.id ?? '')
  return (
    <ActionForm
      work={() => giveRole({ ...reference, roleId })}
      submit={text.teams.addRole}
      ready={roleId !== ''}
      after={onClose}
      onCancel={onClose}
    >
      {() => (
        <SelectField
          label={text.teams.role}
          options={candidates.map(({ id, name }) => ({ value: id, label: name }))}
          value={roleId}
          onChange={(event) => setRoleId(event.target.value)}
        />
      )}
    </ActionForm>
  )
}
