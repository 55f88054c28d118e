'use client'

import { Plus } from 'lucide-react'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import type { RoleMaterial } from './inputs'
import { RoleForm } from './role-form'
import { SetForm } from './set-form'

export function CreateRole({ material }: { material: RoleMaterial }) {
  return (
    <DialogButton
      label={text.roles.create}
      button={{ look: 'primary', icon: <Plus aria-hidden className="size-4" /> }}
      title={text.roles.create}
      description={text.roles.createBody}
      size="lg"
    >
      {(close) => <RoleForm material={material} onClose={close} />}
    </DialogButton>
  )
}

export function CreateSet({ organization }: { organization: string }) {
  return (
    <DialogButton
      label={text.roles.createSet}
      button={{ size: 'sm' }}
      title={text.roles.createSet}
      description={text.roles.setBody}
      size="lg"
    >
      {(close) => <SetForm organization={organization} onClose={close} />}
    </DialogButton>
  )
}
