import { sections } from '@/components/frame/sections'
import { text } from '@/components/messages'

export interface Command {
  id: string
  label: string
  /** A page to go to, or something to do. */
  href?: string
  run?: () => void
  /** What does the same without the palette. */
  keys?: string
}

export interface CommandTools {
  organization: string
  setTheme: (theme: string) => void
  showShortcuts: () => void
  signOut: () => void
}

/** What the palette offers beside environments. */
export function commandsFor({ organization, setTheme, showShortcuts, signOut }: CommandTools): Command[] {
  const pages = sections(organization).map(({ name, href, label, key }) => ({
    id: name,
    label: text.palette.goTo(label),
    href,
    keys: `G ${key.toUpperCase()}`,
  }))
  return [
    { id: 'create', label: text.palette.createEnvironment, href: `/${organization}/environments?create` },
    ...pages,
    { id: 'tokens', label: text.palette.goToTokens, href: '/account/tokens' },
    { id: 'security', label: text.palette.goToSecurity, href: '/account/security' },
    { id: 'shortcuts', label: text.palette.showShortcuts, run: showShortcuts, keys: '?' },
    { id: 'light', label: text.palette.themeLight, run: () => setTheme('light') },
    { id: 'dark', label: text.palette.themeDark, run: () => setTheme('dark') },
    { id: 'system', label: text.palette.themeSystem, run: () => setTheme('system') },
    { id: 'sign-out', label: text.frame.signOut, run: signOut },
  ]
}

/** Those whose label has every word of the query in it. */
export function matching(commands: readonly Command[], query: string): Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return commands.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
}
