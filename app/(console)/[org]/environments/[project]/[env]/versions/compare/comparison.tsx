'use client'

import { useRouter } from 'next/navigation'
import { LazyDiffEditor } from '@/components/editor/lazy'
import { text } from '@/components/messages'
import type { ComparedValue } from '@/components/preview/compare'
import { SelectField } from '@/components/ui/field'
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs'
import { ComparedValues } from './values'

interface Side {
  revision: number
  definition: string
}

export interface ComparisonProps {
  from: Side
  to: Side
  latest: number
  /** What the two mean where they differ. */
  values: readonly ComparedValue[]
}

/** Two revisions, as they are written and as what they mean; secrets compare by their ciphertexts. */
export function Comparison({ from, to, latest, values }: ComparisonProps) {
  const router = useRouter()
  const go = (next: { from: number; to: number }) => router.push(`?from=${next.from}&to=${next.to}`)
  const options = Array.from({ length: latest }, (_, index) => {
    const revision = latest - index
    return { value: String(revision), label: text.versions.revision(revision) }
  })
  return (
    <Tabs
      defaultValue="text"
      role="region"
      aria-label={text.versions.compare}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex flex-wrap items-end gap-4 border-b border-line px-4 py-2">
        <div className="w-40">
          <SelectField
            label={text.versions.from}
            options={options}
            value={String(from.revision)}
            onChange={(event) => go({ from: Number(event.target.value), to: to.revision })}
          />
        </div>
        <div className="w-40">
          <SelectField
            label={text.versions.to}
            options={options}
            value={String(to.revision)}
            onChange={(event) => go({ from: from.revision, to: Number(event.target.value) })}
          />
        </div>
        <TabList aria-label={text.versions.compare} className="pb-1">
          <Tab value="text">{text.versions.definition}</Tab>
          <Tab value="values">{text.versions.valuesCount(values.length)}</Tab>
        </TabList>
        {from.definition === to.definition ? (
          <p className="pb-1.5 text-muted">{text.versions.identical}</p>
        ) : null}
      </div>
      <TabPanel value="text">
        <LazyDiffEditor
          key={`${from.revision} ${to.revision}`}
          original={from.definition}
          modified={to.definition}
          originalLabel={text.versions.revision(from.revision)}
          modifiedLabel={text.versions.revision(to.revision)}
        />
      </TabPanel>
      <TabPanel value="values" className="overflow-y-auto">
        <ComparedValues values={values} />
      </TabPanel>
    </Tabs>
  )
}
