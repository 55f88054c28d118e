'use client'

import { useMemo } from 'react'
import { ImportsEditor, type ImportsEditorProps } from '@/components/editor/imports-editor'
import { text } from '@/components/messages'
import { EmptyState } from '@/components/ui/states'
import { readTable } from '@/lib/language/table'
import { AddRow } from './add-row'
import { Row } from './row'
import type { TableTools } from './tools'

export interface TableViewProps extends TableTools {
  imports: Omit<ImportsEditorProps, 'definition' | 'onEdit' | 'readOnly'>
}

const sections = ['values', 'environmentVariables', 'files'] as const

/** The definition as rows: every cell that is changed makes one edit of the same text. */
export function TableView({ imports, ...tools }: TableViewProps) {
  const { definition, onEdit, readOnly } = tools
  const table = useMemo(() => readTable(definition), [definition])
  if (!table.ok) return <EmptyState title={text.table.unreadable}>{table.message}</EmptyState>
  return (
    <div className="h-full overflow-y-auto pb-8">
      <section aria-label={text.imports.title}>
        <SectionTitle title={text.imports.title} count={table.imports.length} />
        <div className="px-3 py-2">
          <ImportsEditor {...imports} definition={definition} onEdit={onEdit} readOnly={readOnly} />
        </div>
      </section>
      {sections.map((section) => (
        <section key={section} aria-label={text.table.sections[section].title}>
          <SectionTitle {...text.table.sections[section]} count={table[section].length} />
          <ul>
            {table[section].map((row) => (
              <Row key={row.path.join('\n')} row={row} {...tools} />
            ))}
          </ul>
          {readOnly ? null : <AddRow section={section} definition={definition} onEdit={onEdit} />}
        </section>
      ))}
    </div>
  )
}

function SectionTitle({ title, body, count }: { title: string; body?: string; count: number }) {
  return (
    <h3 className="sticky top-0 z-10 flex min-h-8 items-baseline gap-2 border-b border-line bg-raised px-3 pt-1.5">
      <span className="font-semibold">{title}</span>
      <span className="text-xs text-muted">{count}</span>
      {body ? <span className="ml-auto truncate text-xs text-muted">{body}</span> : null}
    </h3>
  )
}
