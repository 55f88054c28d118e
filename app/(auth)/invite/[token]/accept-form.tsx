'use client'

import { ActionForm } from '@/components/access/action-form'
import { text } from '@/components/messages'
import { accept } from './actions'

export function AcceptForm({ secret }: { secret: string }) {
  return (
    <ActionForm
      work={() => accept({ secret })}
      submit={text.members.accept}
      after={(organization) => window.location.replace(`/${organization}/environments`)}
    />
  )
}
