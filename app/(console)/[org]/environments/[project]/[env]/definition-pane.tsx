'use client'

import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import type { CodeEditorHandle } from '@/components/editor/code-editor'
import { ImportsPanel } from '@/components/editor/imports-panel'
import type { ModelContext } from '@/components/editor/language-providers'
import { LazyCodeEditor } from '@/components/editor/lazy'
import { Problems } from '@/components/editor/problems'
import { text } from '@/components/messages'
import { ProviderPanel } from '@/components/providers/provider-panel'
import { TableView } from '@/components/table/table-view'
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs'
import type { Diagnostic, ParticipatingEnvironment } from '@/lib/language'
import { readTable } from '@/lib/language/table'
import { ExtractDialog } from './extract-dialog'
import type { LanguageData } from './language-data'
import { useCodeActions } from './use-code-actions'
import type { DefinitionControl } from './use-definition'
import { useImportCount, useNewestRevisions } from './use-imports'
import type { Reference } from './use-saving'
import { useSecrets } from './use-secrets'

export interface DefinitionPaneProps {
  ref: Ref<CodeEditorHandle>
  reference: Reference
  definition: Pick<DefinitionControl, 'text' | 'setText'>
  problems: readonly Diagnostic[]
  participants: readonly ParticipatingEnvironment[]
  context: ModelContext
  language: LanguageData
  rights: { mayOpen: boolean; mayWrite: boolean }
  onSubmit: () => void
  place?: { line: number; column: number }
}

/** The definition, as a document or as a table of the same text. */
export function DefinitionPane({ ref, ...props }: DefinitionPaneProps) {
  const { definition, reference, problems, rights } = props
  const editor = useRef<CodeEditorHandle>(null)
  const [view, setView] = useState('document')
  // The text that could not be shown as a table; another one may be.
  const [refused, setRefused] = useState<string>()
  const secrets = useSecrets(reference)
  const importCount = useImportCount(props.context.language, definition.text)
  const { newest, ask } = useNewestRevisions(reference.organization, definition.text)
  const edit = (next: string) => {
    // Through the editor where there is one, so that its undo knows of it; it reports the change.
    if (editor.current) editor.current.replace(next)
    definition.setText(next)
  }
  const actions = useCodeActions({
    context: props.context,
    definition: definition.text,
    onEdit: edit,
    secrets,
  })
  const reveal = (line: number, column: number) => {
    setView('document')
    // Once the editor is visible again: hidden ones cannot scroll.
    requestAnimationFrame(() => editor.current?.reveal(line, column))
  }
  useImperativeHandle(ref, () => ({
    focus: () => editor.current?.focus(),
    cursor: () => editor.current?.cursor() ?? 0,
    reveal,
    replace: (next) => editor.current?.replace(next),
    nextProblem: () => editor.current?.nextProblem(),
  }))
  const choose = (next: string) => {
    if (next === 'table' && !readTable(definition.text).ok) setRefused(definition.text)
    else setView(next)
  }
  const imports = {
    organization: reference.organization,
    participants: props.participants,
    newest,
    known: props.language.environments.map(({ name }) => name),
  }
  const readOnly = !rights.mayWrite
  return (
    <Tabs
      value={view}
      onValueChange={choose}
      activationMode="manual"
      className="@container flex h-full min-h-0 flex-col"
    >
      <div className="flex h-8 shrink-0 items-center gap-2 border-b border-line px-2">
        <TabList aria-label={text.table.switchLabel}>
          <Tab value="document">{text.table.switchDocument}</Tab>
          <Tab value="table">{text.table.switchTable}</Tab>
        </TabList>
        <span role="status" className="truncate text-xs text-error">
          {refused === definition.text ? text.table.tableNeedsYaml : ''}
        </span>
        <span className="ml-auto flex items-center">
          <ImportsPanel
            {...imports}
            count={importCount}
            definition={definition.text}
            onEdit={edit}
            readOnly={readOnly}
            onOpen={() => void ask()}
          />
          <ProviderPanel
            providers={props.language.providers}
            definition={definition.text}
            cursor={() => editor.current?.cursor() ?? 0}
            onInsert={readOnly ? undefined : edit}
          />
        </span>
      </div>
      <TabPanel value="document" forceMount className="data-[state=inactive]:hidden" tabIndex={-1}>
        <LazyCodeEditor
          ref={editor}
          initialText={definition.text}
          onChange={definition.setText}
          diagnostics={problems}
          context={actions.context}
          readOnly={readOnly}
          onSubmit={props.onSubmit}
          {...(props.place && { place: props.place })}
        />
      </TabPanel>
      <TabPanel value="table" tabIndex={-1}>
        <TableView
          imports={imports}
          definition={definition.text}
          onEdit={edit}
          readOnly={readOnly}
          onReveal={secrets.reveal}
          mayOpen={rights.mayOpen}
          onShow={(line) => reveal(line, 1)}
        />
      </TabPanel>
      <Problems
        diagnostics={problems}
        onGoTo={({ range }) => reveal(range?.begin.line ?? 1, range?.begin.column ?? 1)}
        {...(rights.mayWrite && { fixFor: actions.fixFor })}
      />
      {actions.extraction ? (
        <ExtractDialog
          organization={reference.organization}
          definition={definition.text}
          extraction={actions.extraction}
          onEdit={edit}
          onClose={actions.endExtraction}
        />
      ) : null}
    </Tabs>
  )
}
