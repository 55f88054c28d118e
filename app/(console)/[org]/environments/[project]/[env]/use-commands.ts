'use client'

import { useState } from 'react'
import type { OpenSessionControl } from '@/components/preview/use-open-session'
import { useShortcut } from '@/components/ui/shortcut'
import { useStable } from '@/components/ui/use-stable'
import type { DefinitionControl } from './use-definition'

export interface CommandOptions {
  rights: { mayOpen: boolean; mayWrite: boolean; mustPropose: boolean }
  definition: DefinitionControl
  session: OpenSessionControl
}

/** Saving and opening, by buttons and by keys, as far as the person may; behind a gate a save becomes a proposal. */
export function useCommands({ rights, definition, session }: CommandOptions) {
  const [proposing, setProposing] = useState(false)
  const save = useStable(() => {
    if (!rights.mayWrite || !definition.changed || definition.saving) return
    if (rights.mustPropose) setProposing(true)
    else void definition.save()
  })
  const openNow = async () => {
    if (!rights.mayOpen || session.state.status === 'opening') return
    if (definition.changed && rights.mustPropose) return setProposing(true)
    if (!definition.changed || (await definition.save())) await session.open()
  }
  const open = useStable(() => void openNow())
  useShortcut({ key: 's', mod: true }, save)
  useShortcut({ key: 'Enter', mod: true }, open)
  return { save, open, proposing, setProposing }
}
