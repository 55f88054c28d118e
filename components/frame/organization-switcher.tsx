'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { text } from '@/components/messages'
import { Menu, MenuChoice, MenuContent, MenuLabel, MenuTrigger } from '@/components/ui/menu'
import { leave } from './leave'

export interface OrganizationChoice {
  name: string
  displayName: string
  kind: 'individual' | 'shared'
}

export interface OrganizationSwitcherProps {
  current: string
  organizations: OrganizationChoice[]
}

/** Every organization the person belongs to; choosing one goes to its environments. */
export function OrganizationSwitcher({ current, organizations }: OrganizationSwitcherProps) {
  const router = useRouter()
  const options = organizations.map(({ name, displayName, kind }) => ({
    value: name,
    label: kind === 'individual' ? `${displayName || name} (${text.frame.individual})` : displayName || name,
    icon: <Initial name={name} />,
  }))
  const chosen = organizations.find(({ name }) => name === current)
  const shown = chosen?.displayName || current
  return (
    <Menu>
      <MenuTrigger
        aria-label={text.frame.switchOrganization(shown)}
        className="flex h-8 w-full min-w-0 items-center gap-2 rounded px-1.5 font-semibold hover:bg-hover"
      >
        <Initial name={current} />
        <span className="min-w-0 flex-1 truncate text-left md:max-lg:hidden">{shown}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted md:max-lg:hidden" />
      </MenuTrigger>
      <MenuContent>
        <MenuLabel>{text.frame.organizations}</MenuLabel>
        <MenuChoice
          value={current}
          options={options}
          onChange={(name) => leave(() => router.push(`/${name}/environments`))}
        />
      </MenuContent>
    </Menu>
  )
}

function Initial({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="flex size-5 shrink-0 items-center justify-center rounded bg-accent text-xs font-semibold text-accent-fg uppercase"
    >
      {name.slice(0, 1)}
    </span>
  )
}
