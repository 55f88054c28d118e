'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import { Fact, PartHeading, Row, RowName, Rows } from '@/components/access/rows'
import { Select } from '@/components/access/select'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import type { TeamMemberSummary } from '@/lib/organizations/teams'
import { changeMember } from '../actions'

export interface TeamReference {
  organization: string
  team: string
}

export interface TeamMembersProps {
  reference: TeamReference
  members: TeamMemberSummary[]
  /** Logins of the organization's members. */
  candidates: string[]
  mayChange: boolean
}

export function TeamMembers({ reference, members, candidates, mayChange }: TeamMembersProps) {
  const outside = candidates.filter((login) => !members.some((member) => member.login === login))
  const add = (
    <DialogButton label={text.teams.add} button={{ size: 'sm' }} title={text.teams.add}>
      {(close) => <AddMember reference={reference} candidates={outside} onClose={close} />}
    </DialogButton>
  )
  return (
    <section aria-label={text.teams.members}>
      <PartHeading title={text.teams.members} actions={mayChange ? add : null} />
      {members.length === 0 ? <p className="px-4 text-muted">{text.teams.membersEmpty}</p> : null}
      {members.length > 0 ? (
        <Rows label={text.teams.members}>
          {members.map((member) => (
            <MemberRow key={member.login} reference={reference} member={member} mayChange={mayChange} />
          ))}
        </Rows>
      ) : null}
    </section>
  )
}

interface MemberRowProps {
  reference: TeamReference
  member: TeamMemberSummary
  mayChange: boolean
}

const roles = [
  { value: 'member', label: text.teams.roleNames.member },
  { value: 'admin', label: text.teams.roleNames.admin },
]

function MemberRow({ reference, member: { login, name, role }, mayChange }: MemberRowProps) {
  const [busy, run] = useAction()
  const act = (action: 'promote' | 'demote' | 'remove') =>
    run({ work: () => changeMember({ ...reference, login, action }) })
  return (
    <Row>
      <RowName>
        <span className="font-semibold">{login}</span> <span className="text-muted">{name}</span>
      </RowName>
      {mayChange ? (
        <>
          <Select
            label={text.teams.roleInTeam(login)}
            options={roles}
            value={role}
            disabled={busy}
            onChange={(event) => act(event.target.value === 'admin' ? 'promote' : 'demote')}
          />
          <Button
            look="ghost"
            size="sm"
            disabled={busy}
            aria-label={text.teams.removeNamed(login)}
            onClick={() => act('remove')}
          >
            {text.teams.remove}
          </Button>
        </>
      ) : (
        <Fact>{text.teams.roleNames[role]}</Fact>
      )}
    </Row>
  )
}

interface AddMemberProps {
  reference: TeamReference
  candidates: string[]
  onClose: () => void
}

function AddMember({ reference, candidates, onClose }: AddMemberProps) {
  const [login, setLogin] = useState(candidates[0])
  if (login === undefined) return <p className="text-muted">{text.teams.noCandidates}</p>
  return (
    <ActionForm
      work={() => changeMember({ ...reference, login, action: 'add' })}
      submit={text.teams.add}
      after={onClose}
      onCancel={onClose}
    >
      {() => (
        <SelectField
          label={text.teams.person}
          options={candidates.map((value) => ({ value, label: value }))}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
      )}
    </ActionForm>
  )
}
