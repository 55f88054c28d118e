'use client'

import { useState } from 'react'
import { ConfirmTyped } from '@/components/access/confirm-typed'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { TextField } from '@/components/ui/field'
import { organizationNameProblem } from '@/lib/organizations/names'
import { rename } from './actions'

/** What trusts the old name breaks, so the old name is typed. */
export function RenameOrganization({ organization }: { organization: string }) {
  return (
    <DialogButton
      label={text.organization.rename}
      button={{ look: 'danger' }}
      title={text.organization.rename}
      description={text.organization.renameBody}
    >
      {(close) => <RenameForm organization={organization} onClose={close} />}
    </DialogButton>
  )
}

function RenameForm({ organization, onClose }: { organization: string; onClose: () => void }) {
  const [name, setName] = useState('')
  // A full page load: everything that is shown carries the old name.
  const leave = () => window.location.assign(`/${name}/settings`)
  return (
    <ConfirmTyped
      word={organization}
      submit={text.organization.rename}
      work={() => rename({ organization, name })}
      onClose={onClose}
      after={leave}
    >
      <TextField
        label={text.organization.newName}
        hint={text.organization.nameHint}
        error={name === '' ? undefined : organizationNameProblem(name)?.message}
        mono
        required
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </ConfirmTyped>
  )
}
