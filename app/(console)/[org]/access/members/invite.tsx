'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { ChoiceList } from '@/components/access/choice-list'
import { DialogButton } from '@/components/access/dialog-button'
import { type CustomRole, roleChoice, roleOptions } from '@/components/access/role-choice'
import { ShownOnce } from '@/components/access/shown-once'
import { text } from '@/components/messages'
import { SelectField, TextField } from '@/components/ui/field'
import { sendInvitation } from './actions'

export interface InviteProps {
  organization: string
  roles: CustomRole[]
  teams: string[]
}

export function Invite(props: InviteProps) {
  return (
    <DialogButton
      label={text.members.invite}
      button={{ look: 'primary', icon: <Plus aria-hidden className="size-4" /> }}
      title={text.members.inviteTitle}
      description={text.members.inviteBody}
    >
      {(close) => <InviteForm {...props} onClose={close} />}
    </DialogButton>
  )
}

function InviteForm({ organization, roles, teams, onClose }: InviteProps & { onClose: () => void }) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState('member')
  const [chosen, setChosen] = useState<string[]>([])
  const [sent, setSent] = useState<{ link: string; mailed: boolean }>()
  if (sent !== undefined) {
    return (
      <ShownOnce
        value={sent.link}
        label={text.members.inviteLink}
        warning={sent.mailed ? text.members.inviteMailed(email) : text.members.inviteLinkOnce}
        copy={text.access.copyLink}
        onDone={onClose}
      />
    )
  }
  return (
    <ActionForm
      work={() => sendInvitation({ organization, email, choice: roleChoice(role), teams: chosen })}
      submit={text.members.invite}
      after={setSent}
      onCancel={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label={text.members.email}
            hint={text.members.emailHint}
            error={problem('email')}
            type="email"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <SelectField
            label={text.members.role}
            options={roleOptions(roles)}
            value={role}
            onChange={(event) => setRole(event.target.value)}
          />
          {teams.length > 0 ? (
            <ChoiceList
              label={text.members.inviteTeams}
              options={teams.map((name) => ({ value: name, label: name }))}
              chosen={chosen}
              onChange={setChosen}
            />
          ) : null}
        </>
      )}
    </ActionForm>
  )
}
