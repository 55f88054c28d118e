'use client'

import { text } from '@/components/messages'
import { Switch } from '@/components/ui/switch'
import { useAction } from '@/components/ui/use-action'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { protect } from './actions'
import { Section } from './section'

export interface ProtectionProps {
  reference: EnvironmentReference
  on: boolean
  mayChange: boolean
}

export function Protection({ reference, on, mayChange }: ProtectionProps) {
  const [busy, run] = useAction()
  return (
    <Section title={text.settings.protection} body={text.settings.protectBody}>
      <Switch
        label={text.settings.protect}
        checked={on}
        disabled={busy || !mayChange}
        onChange={(deletionProtected) => run({ work: () => protect({ ...reference, deletionProtected }) })}
      />
    </Section>
  )
}
