'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { SelectField } from '@/components/ui/field'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { give } from './actions'
import {
  type Holders,
  holderOf,
  holderOptions,
  levelOf,
  levelOptionsExplained,
  limitOf,
  limitOptions,
} from './holders'

export interface GiveAccessProps {
  reference: EnvironmentReference
  holders: Holders
}

export function GiveAccess(props: GiveAccessProps) {
  return (
    <DialogButton
      label={text.grants.add}
      button={{ look: 'primary', icon: <Plus aria-hidden className="size-4" /> }}
      title={text.grants.add}
      description={text.grants.addBody}
    >
      {(close) => <GiveForm {...props} onClose={close} />}
    </DialogButton>
  )
}

function GiveForm({ reference, holders, onClose }: GiveAccessProps & { onClose: () => void }) {
  const options = holderOptions(holders)
  const [holder, setHolder] = useState(options[0]?.value ?? '')
  const [level, setLevel] = useState('read')
  const [limit, setLimit] = useState('')
  return (
    <ActionForm
      work={() => give({ ...reference, holder: holderOf(holder), level: levelOf(level), ...limitOf(limit) })}
      submit={text.grants.add}
      ready={holder !== ''}
      after={onClose}
      onCancel={onClose}
    >
      {() => (
        <>
          <SelectField
            label={text.grants.holder}
            options={options}
            value={holder}
            onChange={(event) => setHolder(event.target.value)}
          />
          <SelectField
            label={text.grants.level}
            options={levelOptionsExplained}
            value={level}
            onChange={(event) => setLevel(event.target.value)}
          />
          <SelectField
            label={text.grants.limit}
            options={limitOptions()}
            value={limit}
            onChange={(event) => setLimit(event.target.value)}
          />
        </>
      )}
    </ActionForm>
  )
}
