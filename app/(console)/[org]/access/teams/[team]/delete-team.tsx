'use client'

import { useRouter } from 'next/navigation'
import { ConfirmTyped } from '@/components/access/confirm-typed'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { remove } from '../actions'
import type { TeamReference } from './team-members'

export function DeleteTeam({ reference }: { reference: TeamReference }) {
  const router = useRouter()
  const { organization, team } = reference
  return (
    <DialogButton
      label={text.teams.delete}
      button={{ look: 'danger' }}
      title={text.teams.delete}
      description={text.teams.deleteBody}
    >
      {(close) => (
        <ConfirmTyped
          word={team}
          submit={text.teams.delete}
          done={text.teams.deleted(team)}
          work={() => remove(reference)}
          onClose={close}
          after={() => router.push(`/${organization}/access/teams`)}
        />
      )}
    </DialogButton>
  )
}
