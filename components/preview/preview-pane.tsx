'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { EmptyState, Skeleton } from '@/components/ui/states'
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs'
import { type LineOptions, toDotenv, toShell } from './dotenv'
import { JsonView } from './json-view'
import { type PreviewNode, section } from './model'
import { FilesView, VariablesView } from './projection-view'
import { TextView } from './text-view'
import { Tree } from './tree'
import type { Reveal } from './use-reveal'

export interface PreviewPaneProps {
  nodes: readonly PreviewNode[]
  reveal: Reveal
  /** What the pane is doing, at its top left. */
  status: ReactNode
  /** Buttons at its top right. */
  actions: ReactNode
  /** What must be said before the values. */
  notice?: ReactNode
  /** Nothing has been evaluated yet. */
  loading: boolean
  /** Whether there are secret values here that could be revealed. */
  revealable: boolean
}

const shapes = [
  { value: 'tree', label: text.preview.tabTree },
  { value: 'json', label: text.preview.tabJson },
  { value: 'env', label: text.preview.tabEnv },
  { value: 'files', label: text.preview.tabFiles },
  { value: 'dotenv', label: text.preview.tabDotenv },
  { value: 'shell', label: text.preview.tabShell },
]

/** The values of an environment in the shape the person chooses. */
export function PreviewPane(props: PreviewPaneProps) {
  const { status, actions, notice, reveal, revealable } = props
  const [shape, setShape] = useState('tree')
  return (
    <Tabs value={shape} onValueChange={setShape} className="@container flex h-full min-h-0 flex-col">
      <div className="flex min-h-10 shrink-0 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line px-3 py-1">
        {status}
        <div className="flex items-center gap-2">{actions}</div>
      </div>
      <div className="flex h-8 shrink-0 items-center justify-between border-b border-line px-2">
        <TabList aria-label={text.preview.tabs}>
          {shapes.map(({ value, label }) => (
            <Tab key={value} value={value}>
              {label}
            </Tab>
          ))}
        </TabList>
        {revealable ? <RevealAll reveal={reveal} /> : null}
      </div>
      {notice ? <div className="shrink-0 border-b border-line p-2">{notice}</div> : null}
      <Shapes {...props} />
    </Tabs>
  )
}

function RevealAll({ reveal }: { reveal: Reveal }) {
  const Icon = reveal.allShown ? EyeOff : Eye
  return (
    <Button
      look="ghost"
      size="sm"
      icon={<Icon aria-hidden className="size-3.5" />}
      aria-pressed={reveal.allShown}
      onClick={reveal.toggleAll}
    >
      {reveal.allShown ? text.preview.hideAll : text.preview.revealAll}
    </Button>
  )
}

function Shapes({ nodes, reveal, loading }: PreviewPaneProps) {
  const variables = useMemo(() => section(nodes, 'environmentVariables'), [nodes])
  const files = useMemo(() => section(nodes, 'files'), [nodes])
  if (loading) return <PreviewSkeleton />
  if (nodes.length === 0) {
    return (
      <EmptyState title={text.preview.emptyTitle}>
        <p>{text.preview.emptyBody}</p>
      </EmptyState>
    )
  }
  const lines: LineOptions = { secrets: reveal.allShown ? 'show' : 'mask' }
  const scroll = 'overflow-y-auto'
  return (
    <>
      <TabPanel value="tree" className={scroll}>
        <Tree nodes={nodes} reveal={reveal} label={text.preview.title} />
      </TabPanel>
      <TabPanel value="json" className={scroll}>
        <JsonView nodes={nodes} reveal={reveal} />
      </TabPanel>
      <TabPanel value="env" className={scroll}>
        <VariablesView nodes={variables} reveal={reveal} empty={text.preview.envEmpty} />
      </TabPanel>
      <TabPanel value="files" className={scroll}>
        <FilesView nodes={files} reveal={reveal} empty={text.preview.filesEmpty} />
      </TabPanel>
      <TabPanel value="dotenv" className={scroll}>
        <TextView value={toDotenv(variables, lines)} empty={text.preview.envEmpty} />
      </TabPanel>
      <TabPanel value="shell" className={scroll}>
        <TextView value={toShell(variables, lines)} empty={text.preview.envEmpty} />
      </TabPanel>
    </>
  )
}

const skeletonWidths = ['w-1/4', 'w-2/5', 'w-1/3', 'w-2/5', 'w-1/4', 'w-1/3']

function PreviewSkeleton() {
  return (
    <div role="status" aria-label={text.common.loading} className="flex flex-col">
      {skeletonWidths.map((width, index) => (
        <div key={`${width}${String(index)}`} className="flex h-7 items-center px-4">
          <Skeleton className={`h-3.5 ${width}`} />
        </div>
      ))}
    </div>
  )
}

/** Shown above values that are not those of the text at the left. */
export function OutdatedNotice() {
  return <Banner tone="warning">{text.preview.invalid}</Banner>
}
