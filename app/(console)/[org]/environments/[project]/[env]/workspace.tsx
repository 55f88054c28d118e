'use client'

import { useCallback, useMemo, useRef, useState } from 'react'
import type { CodeEditorHandle } from '@/components/editor/code-editor'
import { ConflictDialog } from '@/components/editor/conflict-dialog'
import { LeaveGuard } from '@/components/frame/leave-guard'
import { text as messages } from '@/components/messages'
import { type Identity, IdentityPanel } from '@/components/oidc/identity-panel'
import { awsRoleArns } from '@/components/oidc/roles'
import { useCheck } from '@/components/preview/use-check'
import { useOpenSession } from '@/components/preview/use-open-session'
import { useShortcut } from '@/components/ui/shortcut'
import { SplitPane } from '@/components/ui/split-pane'
import { useStable } from '@/components/ui/use-stable'
import type { ApprovalState } from '@/lib/approvals/state'
import type { Stored } from './actions'
import { DefinitionHeader } from './definition-header'
import { DefinitionPane } from './definition-pane'
import { Footer } from './footer'
import type { LanguageData } from './language-data'
import { PreviewSide } from './preview-side'
import { useCheckRun } from './use-check-run'
import { useCommands } from './use-commands'
import { useDefinition } from './use-definition'
import { useLanguage } from './use-language'
import type { Reference } from './use-saving'

export interface WorkspaceProps {
  reference: Reference
  stored: Stored
  revisionTags: string[]
  identity: Identity
  rights: { mayOpen: boolean; mayWrite: boolean; mustPropose: boolean }
  approval: ApprovalState
  language: LanguageData
  /** Public origin of this installation. */
  url: string
  /** What the editor starts with when nothing was ever saved. */
  placeholder: string
  /** Where to put the cursor at first. */
  place?: { line: number; column: number }
}

/** The environment's page: the definition at the left, what it means at the right. */
export function Workspace(props: WorkspaceProps) {
  const { reference, revisionTags, identity, rights } = props
  const editor = useRef<CodeEditorHandle>(null)
  const show = useCallback((next: string) => editor.current?.replace(next), [])
  const definition = useDefinition({ reference, stored: props.stored, placeholder: props.placeholder, show })
  const address = `/${reference.organization}/environments/${reference.project}/${reference.name}`
  const check = useCheck({
    definition: definition.text,
    editedAt: definition.editedAt,
    run: useCheckRun(address),
  })
  const session = useOpenSession(`${address}/open`)
  const [identityOpen, setIdentityOpen] = useState(false)
  const context = useLanguage({ reference, data: props.language, checked: check.checked })
  const { save, open, proposing, setProposing } = useCommands({ rights, definition, session })
  useShortcut({ key: 'F8' }, () => editor.current?.nextProblem())
  const reveal = useStable((line: number, column: number) => editor.current?.reveal(line, column))
  const showIdentity = useCallback(() => setIdentityOpen(true), [])
  const problems = definition.refused.length > 0 ? definition.refused : check.checked.diagnostics
  const { environment } = check.checked
  const roleArn = useMemo(() => awsRoleArns(environment)[0], [environment])
  return (
    <div className="flex h-full min-h-0 flex-col">
      <DefinitionHeader
        reference={reference}
        url={props.url}
        revision={definition.stored.revision}
        revisionTags={revisionTags}
        subject={identity.subject}
        onIdentity={showIdentity}
      />
      <SplitPane
        label={messages.editor.panes}
        first={{
          name: messages.editor.showDocument,
          content: (
            <DefinitionPane
              ref={editor}
              reference={reference}
              definition={definition}
              problems={problems}
              participants={check.checked.participants ?? []}
              context={context}
              language={props.language}
              rights={rights}
              onSubmit={open}
              {...(props.place && { place: props.place })}
            />
          ),
        }}
        second={{
          name: messages.editor.showPreview,
          content: (
            <PreviewSide
              reference={reference}
              check={check}
              session={session}
              onOpen={open}
              changed={definition.changed}
              mayOpen={rights.mayOpen}
              approval={props.approval}
              roleArn={roleArn}
              storedRevision={definition.stored.revision}
              onShow={reveal}
            />
          ),
        }}
      />
      <Footer
        reference={reference}
        definition={definition}
        mayWrite={rights.mayWrite}
        proposes={rights.mustPropose}
        approval={props.approval}
        proposing={proposing}
        onProposing={setProposing}
        onSave={save}
      />
      <IdentityPanel
        open={identityOpen}
        onOpenChange={setIdentityOpen}
        identity={identity}
        {...(roleArn && { roleArn })}
      />
      {definition.conflict ? (
        <ConflictDialog
          {...definition.conflict}
          onCancel={definition.dropConflict}
          onResolve={definition.resolve}
        />
      ) : null}
      <LeaveGuard active={definition.changed && !definition.untouched} />
    </div>
  )
}
