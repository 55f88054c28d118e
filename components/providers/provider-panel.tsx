'use client'

import { BookOpen } from 'lucide-react'
import { useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/field'
import { insertExample, type ProviderInfo, providerAt } from '@/lib/language/analysis'
import { ProviderPage } from './provider-page'

export interface ProviderPanelProps {
  providers: readonly ProviderInfo[]
  definition: string
  /** Where the cursor stands in the definition, in UTF-16 units from its beginning. */
  cursor: () => number
  /** Takes the definition with an example in it; absent for who may only read. */
  onInsert: ((next: string) => void) | undefined
}

/** What each provider takes and gives, from the schemas that definitions are checked against. */
export function ProviderPanel({ providers, definition, cursor, onInsert }: ProviderPanelProps) {
  const [open, setOpen] = useState(false)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<ProviderInfo>()
  const [problem, setProblem] = useState<string>()
  const shown = providers.filter(({ name, description = '' }) =>
    `${name} ${description}`.toLowerCase().includes(search.toLowerCase()),
  )
  const current = shown.find((info) => info === chosen) ?? shown[0]
  const show = () => {
    setChosen(providerAt(definition, cursor(), providers))
    setOpen(true)
  }
  const insert = (provider: ProviderInfo) => {
    const result = insertExample(definition, provider)
    setProblem(result.ok ? undefined : result.message)
    if (!result.ok) return
    onInsert?.(result.text)
    setOpen(false)
  }
  return (
    <>
      <Button look="ghost" size="sm" icon={<BookOpen aria-hidden className="size-3.5" />} onClick={show}>
        {text.providers.title}
      </Button>
      <Dialog
        shape="sheet"
        size="xl"
        open={open}
        onOpenChange={setOpen}
        title={text.providers.title}
        description={text.providers.description}
      >
        <div className="grid items-start gap-5 sm:grid-cols-[13rem_minmax(0,1fr)]">
          <nav aria-label={text.providers.title} className="flex flex-col gap-2">
            <Input
              type="search"
              aria-label={text.providers.search}
              placeholder={text.providers.search}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
            <ul className="max-h-48 overflow-y-auto sm:max-h-none">
              {shown.map((provider) => (
                <li key={`${provider.kind} ${provider.name}`}>
                  <button
                    type="button"
                    aria-current={provider === current}
                    onClick={() => setChosen(provider)}
                    className={cx(
                      'flex min-h-8 w-full items-center rounded px-2 text-left font-mono hover:bg-hover',
                      provider === current && 'bg-selected font-semibold',
                    )}
                  >
                    {provider.name}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          {current ? (
            <ProviderPage
              provider={current}
              problem={problem}
              onInsert={onInsert && (() => insert(current))}
            />
          ) : (
            <p className="text-muted">{text.providers.nothing}</p>
          )}
        </div>
      </Dialog>
    </>
  )
}
