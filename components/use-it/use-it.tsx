'use client'

import { useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { CopyBlock } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { SelectField } from '@/components/ui/field'
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs'
import { type SnippetInput, type Snippets, snippetsFor } from './snippets'

export interface UseItProps extends Omit<SnippetInput, 'version'> {
  /** What can be pinned: revision tags and the newest revision. */
  versions: string[]
}

export function UseIt(props: UseItProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {text.useIt.button}
      </Button>
      <Dialog
        shape="sheet"
        size="lg"
        open={open}
        onOpenChange={setOpen}
        title={text.useIt.title}
        description={text.useIt.description}
      >
        <Ways {...props} />
      </Dialog>
    </>
  )
}

function Ways({ versions, ...input }: UseItProps) {
  const [version, setVersion] = useState('')
  const snippets = snippetsFor({ ...input, ...(version && { version }) })
  const options = [
    { value: '', label: text.useIt.versionLatest },
    ...versions.map((value) => ({ value, label: `@${value}` })),
  ]
  return (
    <Tabs defaultValue="cli" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <TabList aria-label={text.useIt.title}>
          <Tab value="cli">{text.useIt.cli}</Tab>
          <Tab value="sdk">{text.useIt.sdk}</Tab>
          <Tab value="github">{text.useIt.github}</Tab>
          <Tab value="kubernetes">{text.useIt.kubernetes}</Tab>
        </TabList>
        <div className="w-32">
          <SelectField
            label={text.useIt.pin}
            options={options}
            value={version}
            onChange={(event) => setVersion(event.target.value)}
          />
        </div>
      </div>
      <TabPanel value="cli">
        <CommandLine snippets={snippets} />
      </TabPanel>
      <TabPanel value="sdk">
        <Snippet title={text.useIt.sdk} value={snippets.sdk} />
      </TabPanel>
      <TabPanel value="github">
        <Snippet title={text.useIt.github} value={snippets.github} note={text.useIt.githubNote} />
      </TabPanel>
      <TabPanel value="kubernetes">
        <Snippet title={text.useIt.kubernetes} value={snippets.kubernetes} note={text.useIt.kubernetesNote} />
      </TabPanel>
    </Tabs>
  )
}

function CommandLine({ snippets }: { snippets: Snippets }) {
  return (
    <div className="flex flex-col gap-4">
      <Snippet title={text.useIt.install} value={snippets.install} />
      <Snippet title={text.useIt.run} value={snippets.run} />
      <Snippet title={text.useIt.shell} value={snippets.shell} />
      <Snippet title={text.useIt.value} value={snippets.value} />
    </div>
  )
}

function Snippet({ title, value, note }: { title: string; value: string; note?: string }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="font-semibold">{title}</h3>
      <CopyBlock value={value} label={text.useIt.copy(title)} />
      {note ? <p className="text-xs text-muted">{note}</p> : null}
    </section>
  )
}
