'use client'

import { useState } from 'react'
import { ConfirmTyped } from '@/components/access/confirm-typed'
import { DialogButton } from '@/components/access/dialog-button'
import {
  type CustomRole,
  roleChoice,
  roleLabel,
  roleOptions,
  roleValue,
} from '@/components/access/role-choice'
import { Fact, Row, RowName, Rows } from '@/components/access/rows'
import { Select } from '@/components/access/select'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Badge } from '@/components/ui/badge'
import { SelectField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import type { MemberSummary } from '@/lib/organizations/members'
import { changeRole, remove } from './actions'

export interface MemberListProps {
  organization: string
  members: MemberSummary[]
  roles: CustomRole[]
  /** Login of who looks. */
  viewer: string
  mayChange: boolean
  mayRemove: boolean
}

export function MemberList(props: MemberListProps) {
  return (
    <Rows label={text.access.members}>
      {props.members.map((member) => (
        <MemberRow key={member.login} member={member} {...props} />
      ))}
    </Rows>
  )
}

function MemberRow({ member, ...props }: MemberListProps & { member: MemberSummary }) {
  const { login, name, email, teams, lastActiveAt, disabled } = member
  return (
    <Row>
      <RowName>
        <span className="font-semibold">{login}</span>{' '}
        {name === login ? null : <span className="text-muted">{name} </span>}
        {login === props.viewer ? <Badge>{text.members.you}</Badge> : null}
        {disabled ? <Badge>{text.members.disabled}</Badge> : null}
        <span className="block truncate text-xs text-muted">{email}</span>
      </RowName>
      <Fact label={text.members.teams}>{teams.join(', ') || '–'}</Fact>
      <Fact label={text.members.active}>{lastActiveAt ? <Ago at={lastActiveAt} /> : text.common.never}</Fact>
      <MemberRole member={member} {...props} />
      {props.mayRemove ? <RemoveMember member={member} {...props} /> : null}
    </Row>
  )
}

type MemberProps = MemberListProps & { member: MemberSummary }

function MemberRole({ organization, member, roles, mayChange }: MemberProps) {
  const [busy, run] = useAction()
  const { login } = member
  if (!mayChange) return <Fact label={text.members.role}>{roleLabel(member)}</Fact>
  const choose = (value: string) =>
    run({
      work: () => changeRole({ organization, login, choice: roleChoice(value) }),
      done: () => text.members.roleChanged(login),
    })
  return (
    <Select
      label={text.members.roleOf(login)}
      options={roleOptions(roles)}
      value={roleValue(member)}
      disabled={busy}
      onChange={(event) => choose(event.target.value)}
    />
  )
}

function RemoveMember(props: MemberProps) {
  const { login } = props.member
  return (
    <DialogButton
      label={text.members.remove}
      accessibleName={text.members.removeNamed(login)}
      button={{ look: 'ghost', size: 'sm' }}
      title={text.members.removeTitle(login)}
      description={text.members.removeBody}
    >
      {(close) => <RemoveForm {...props} onClose={close} />}
    </DialogButton>
  )
}

function RemoveForm({
  organization,
  member,
  members,
  viewer,
  onClose,
}: MemberProps & { onClose: () => void }) {
  const { login } = member
  const heirs = members
    .filter((other) => other.login !== login && !other.disabled)
    .map((other) => other.login)
  const [newOwner, setNewOwner] = useState(heirs.find((heir) => heir === viewer) ?? heirs[0])
  return (
    <ConfirmTyped
      word={login}
      submit={text.members.remove}
      done={text.members.removed(login)}
      work={() => remove({ organization, login, ...(newOwner !== undefined && { newOwner }) })}
      onClose={onClose}
    >
      {newOwner === undefined ? null : (
        <SelectField
          label={text.members.newOwner}
          hint={text.members.newOwnerHint}
          options={heirs.map((heir) => ({ value: heir, label: heir }))}
          value={newOwner}
          onChange={(event) => setNewOwner(event.target.value)}
        />
      )}
    </ConfirmTyped>
  )
}
