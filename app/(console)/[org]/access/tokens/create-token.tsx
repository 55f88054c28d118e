'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { DialogButton } from '@/components/access/dialog-button'
import { type CustomRole, roleChoice, roleOptions } from '@/components/access/role-choice'
import { TokenForm } from '@/components/access/token-form'
import { text } from '@/components/messages'
import { SelectField, TextField } from '@/components/ui/field'
import { create } from './actions'

export interface CreateTokenProps {
  organization: string
  /** Teams that the viewer may make tokens for. */
  teams: string[]
  roles: CustomRole[]
  /** Whether the viewer may make tokens of the organization. */
  forOrganization: boolean
}

export function CreateToken(props: CreateTokenProps) {
  return (
    <DialogButton
      label={text.sharedTokens.create}
      button={{ look: 'primary', icon: <Plus aria-hidden className="size-4" /> }}
      title={text.sharedTokens.createTitle}
    >
      {(close) => <CreateForm {...props} onClose={close} />}
    </DialogButton>
  )
}

const ofOrganization = 'organization'

function ownerOptions({ teams, forOrganization }: CreateTokenProps) {
  return [
    ...(forOrganization ? [{ value: ofOrganization, label: text.sharedTokens.forOrganization }] : []),
    ...teams.map((team) => ({ value: `team:${team}`, label: text.sharedTokens.forTeam(team) })),
  ]
}

function ownerOf(owner: string, role: string) {
  return owner === ofOrganization ? roleChoice(role) : { team: owner.slice('team:'.length) }
}

function CreateForm(props: CreateTokenProps & { onClose: () => void }) {
  const { organization, roles, onClose } = props
  const owners = ownerOptions(props)
  const [name, setName] = useState('')
  const [owner, setOwner] = useState(owners[0]?.value ?? '')
  const [role, setRole] = useState('member')
  return (
    <TokenForm
      create={(days) => create({ organization, name, days, owner: ownerOf(owner, role) })}
      submit={text.sharedTokens.create}
      ready={name !== '' && owner !== ''}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label={text.sharedTokens.name}
            hint={text.sharedTokens.nameHint}
            error={problem('name')}
            autoFocus
            required
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <SelectField
            label={text.sharedTokens.owner}
            options={owners}
            value={owner}
            onChange={(event) => setOwner(event.target.value)}
          />
          {owner === ofOrganization ? (
            <SelectField
              label={text.sharedTokens.role}
              options={roleOptions(roles)}
              value={role}
              onChange={(event) => setRole(event.target.value)}
            />
          ) : null}
        </>
      )}
    </TokenForm>
  )
}
