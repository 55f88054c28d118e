'use client'

import { useMemo } from 'react'
import { text } from '@/components/messages'
import { applySplices, listSecrets } from '@/lib/language/edit'
import type { NewDefinition } from './draft'

/** The definitions that are about to be created. Secrets are hidden: somebody may be looking over the shoulder. */
export function DefinitionPreview({ definitions }: { definitions: readonly NewDefinition[] }) {
  if (definitions.length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{text.create.preview}</h3>
      {definitions.map(({ project, name, definition }, at) => (
        <details key={`${project}/${name}`} open={at === 0} className="rounded border border-line">
          <summary className="px-3 py-1.5 font-mono">{`${project}/${name}`}</summary>
          <Masked definition={definition} />
        </details>
      ))}
    </section>
  )
}

function Masked({ definition }: { definition: string }) {
  const shown = useMemo(() => {
    const splices = listSecrets(definition).map(({ range }) => {
      return { span: [range.start.offset, range.end.offset] as const, text: '••••••••' }
    })
    return applySplices(definition, splices)
  }, [definition])
  return (
    <pre className="max-h-72 overflow-auto border-t border-line bg-raised p-3 font-mono text-xs">{shown}</pre>
  )
}
