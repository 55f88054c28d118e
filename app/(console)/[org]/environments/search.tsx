'use client'

import { Search as SearchIcon } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { text } from '@/components/messages'
import { Input } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { useShortcut } from '@/components/ui/shortcut'
import { type ListView, viewHref } from './list-view'
import { focusRow } from './row-keys'

const debounceMs = 200

/** The search lives in the URL, so that a list can be linked to and the server does the work. */
export function Search({ view }: { view: ListView }) {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState(view.search)
  const [pending, start] = useTransition()
  const shortcut = useShortcut({ key: '/' }, () => input.current?.focus())
  useEffect(() => {
    if (query === view.search) return
    const timer = setTimeout(() => start(() => router.replace(viewHref(view, { search: query }))), debounceMs)
    return () => clearTimeout(timer)
  }, [query, view, router])
  return (
    <search className="relative order-last w-full sm:order-none sm:w-72 sm:flex-1 sm:max-w-md">
      <SearchIcon aria-hidden className="absolute top-2 left-2 size-4 text-muted" />
      <Input
        ref={input}
        type="search"
        aria-label={text.environments.search}
        aria-busy={pending}
        aria-keyshortcuts={shortcut}
        placeholder={text.environments.searchPlaceholder}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && focusRow(0)) event.preventDefault()
        }}
        className="pr-8 pl-8"
      />
      <span className="pointer-events-none absolute top-1.5 right-2.5 text-muted">
        {query ? null : <Kbd keys="/" />}
      </span>
    </search>
  )
}
