'use client'

import { KeyRound, LogOut, Monitor, Moon, ShieldCheck, Sun } from 'lucide-react'
import Link from 'next/link'
import { signOut } from 'next-auth/react'
import { useTheme } from 'next-themes'
import { text } from '@/components/messages'
import {
  Menu,
  MenuChoice,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuSeparator,
  MenuTrigger,
} from '@/components/ui/menu'

export interface AccountMenuProps {
  login: string
  name: string
}

const icon = 'size-4 text-muted'

const themes = [
  { value: 'system', label: text.frame.themeSystem, icon: <Monitor aria-hidden className={icon} /> },
  { value: 'light', label: text.frame.themeLight, icon: <Sun aria-hidden className={icon} /> },
  { value: 'dark', label: text.frame.themeDark, icon: <Moon aria-hidden className={icon} /> },
]

export function AccountMenu({ login, name }: AccountMenuProps) {
  const { theme = 'system', setTheme } = useTheme()
  return (
    <Menu>
      <MenuTrigger
        aria-label={text.frame.accountMenu(login)}
        className="flex h-8 w-full min-w-0 items-center gap-2 rounded px-1.5 hover:bg-hover"
      >
        <span
          aria-hidden
          className="flex size-5 shrink-0 items-center justify-center rounded-full border border-line-strong text-xs uppercase"
        >
          {login.slice(0, 1)}
        </span>
        <span className="min-w-0 truncate md:max-lg:hidden">{login}</span>
      </MenuTrigger>
      <MenuContent>
        <MenuLabel>{name}</MenuLabel>
        <MenuItem asChild>
          <Link href="/account/tokens">
            <KeyRound aria-hidden className={icon} />
            {text.frame.accessTokens}
          </Link>
        </MenuItem>
        <MenuItem asChild>
          <Link href="/account/security">
            <ShieldCheck aria-hidden className={icon} />
            {text.frame.security}
          </Link>
        </MenuItem>
        <MenuSeparator />
        <MenuLabel>{text.frame.theme}</MenuLabel>
        <MenuChoice value={theme} options={themes} onChange={setTheme} />
        <MenuSeparator />
        <MenuItem onSelect={() => void signOut({ callbackUrl: '/signin' })}>
          <LogOut aria-hidden className={icon} />
          {text.frame.signOut}
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
