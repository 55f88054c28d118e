'use client'

import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { signOut } from 'next-auth/react'
import { useTheme } from 'next-themes'
import { type KeyboardEvent, useRef, useState } from 'react'
import { leave } from '@/components/frame/leave'
import { sections } from '@/components/frame/sections'
import { text } from '@/components/messages'
import { cx } from '@/components/ui/cx'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { useShortcut } from '@/components/ui/shortcut'
import { type Command, commandsFor, matching } from './commands'
import { ShortcutsHelp } from './shortcuts-help'
import { useFoundEnvironments } from './use-found-environments'
import { useGoTo } from './use-go-to'

/** The button and the key (Ctrl/Cmd-K) that find everything, and the help on keys (`?`). */
export function Palette({ organization }: { organization: string }) {
  const [open, setOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  const shortcut = useShortcut({ key: 'k', mod: true }, () => setOpen(true))
  useShortcut({ key: '?' }, () => setHelpOpen(true))
  useGoTo(Object.fromEntries(sections(organization).map(({ key, href }) => [key, href])))
  return (
    <>
      <button
        type="button"
        aria-label={text.palette.open}
        aria-keyshortcuts={shortcut}
        onClick={() => setOpen(true)}
        className="mt-1 flex h-8 w-full items-center gap-2 rounded px-2 text-muted hover:bg-hover hover:text-fg"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="flex-1 text-left md:max-lg:hidden">{text.palette.open}</span>
        <Kbd keys="Mod+K" className="md:max-lg:hidden" />
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={text.palette.title}>
        <Results
          organization={organization}
          onDone={() => setOpen(false)}
          onShortcuts={() => setHelpOpen(true)}
        />
      </Dialog>
      <ShortcutsHelp open={helpOpen} onOpenChange={setHelpOpen} />
    </>
  )
}

interface ResultsProps {
  organization: string
  onDone: () => void
  onShortcuts: () => void
}

function Results({ organization, onDone, onShortcuts }: ResultsProps) {
  const router = useRouter()
  const { setTheme } = useTheme()
  const [query, setQuery] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const environments = useFoundEnvironments(organization, query).map(
    ({ project, name }): Command => ({
      id: `${project}/${name}`,
      label: `${project}/${name}`,
      href: `/${organization}/environments/${project}/${name}`,
    }),
  )
  const tools = {
    organization,
    setTheme,
    showShortcuts: onShortcuts,
    signOut: () => void signOut({ callbackUrl: '/signin' }),
  }
  const commands = matching(commandsFor(tools), query)
  const choose = ({ href, run }: Command) => {
    onDone()
    if (href) leave(() => router.push(href))
    run?.()
  }
  const first = environments[0] ?? commands[0]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && first) choose(first)
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveFocus(list.current, event)
  }
  return (
    <search ref={list} onKeyDown={onKeyDown} className="group flex flex-col gap-2">
      <Input
        autoFocus
        type="search"
        autoComplete="off"
        aria-label={text.palette.placeholder}
        placeholder={text.palette.placeholder}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <Group title={text.palette.environments} commands={environments} first={first} onChoose={choose} mono />
      <Group title={text.palette.actions} commands={commands} first={first} onChoose={choose} />
      {first ? null : <p className="px-2 py-3 text-muted">{text.palette.nothing}</p>}
    </search>
  )
}

interface GroupProps {
  title: string
  commands: Command[]
  /** What Enter in the input would choose. */
  first: Command | undefined
  onChoose: (command: Command) => void
  mono?: boolean
}

function Group({ title, commands, first, onChoose, mono }: GroupProps) {
  if (commands.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="px-2 py-1 text-xs text-muted">{title}</h3>
      <ul>
        {commands.map((command) => (
          <li key={command.id}>
            <button
              type="button"
              onClick={() => onChoose(command)}
              className={cx(
                'flex h-8 w-full items-center justify-between gap-3 rounded px-2 text-left hover:bg-hover focus-visible:bg-selected',
                mono && 'font-mono',
                command === first && 'group-has-[input:focus]:bg-selected',
              )}
            >
              <span className="truncate">{command.label}</span>
              {command.keys ? <Kbd keys={command.keys} className="text-muted" /> : null}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Up and down go through the input and everything found, as one list. */
function moveFocus(list: HTMLElement | null, event: KeyboardEvent): void {
  const stops: (Element | null)[] = [...(list?.querySelectorAll('input, button') ?? [])]
  const at = stops.indexOf(document.activeElement)
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!(next instanceof HTMLElement)) return
  event.preventDefault()
  next.focus()
}
