'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { CodeEditorHandle } from '@/components/editor/code-editor'
import { ConflictDialog } from '@/components/editor/conflict-dialog'
import type { ModelContext } from '@/components/editor/language-providers'
import { requestJson } from '@/components/editor/request'
import { leave } from '@/components/frame/leave'
import { LeaveGuard } from '@/components/frame/leave-guard'
import { text as messages } from '@/components/messages'
import { type Identity, IdentityPanel } from '@/components/oidc/identity-panel'
import { awsRoleArns } from '@/components/oidc/roles'
import { share } from '@/components/preview/share'
import { type Checked, useCheck } from '@/components/preview/use-check'
import { useOpenSession } from '@/components/preview/use-open-session'
import { type PackedEvaluation, unpackEvaluation } from '@/components/preview/wire'
import { useShortcut } from '@/components/ui/shortcut'
import { SplitPane } from '@/components/ui/split-pane'
import type { ApprovalState } from '@/lib/approvals/state'
import { createLanguageService } from '@/lib/language/analysis'
import type { Stored } from './actions'
import { DefinitionHeader } from './definition-header'
import { DefinitionPane } from './definition-pane'
import { Footer } from './footer'
import type { LanguageData } from './language-data'
import { PreviewSide } from './preview-side'
import { RequestAccess } from './request-access'
import { useDefinition } from './use-definition'
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
  const check = useCheck(definition.text, useCheckRun(address))
  const session = useOpenSession(`${address}/open`)
  const [identityOpen, setIdentityOpen] = useState(false)
  const context = useLanguageContext(props, check.checked)
  const [proposing, setProposing] = useState(false)
  const save = () => {
    if (!rights.mayWrite || !definition.changed || definition.saving) return
    if (rights.mustPropose) setProposing(true)
    else void definition.save()
  }
  const open = async () => {
    if (!rights.mayOpen || session.state.status === 'opening') return
    if (definition.changed && rights.mustPropose) return setProposing(true)
    if (!definition.changed || (await definition.save())) await session.open()
  }
  useShortcut({ key: 's', mod: true }, save)
  useShortcut({ key: 'Enter', mod: true }, () => void open())
  useShortcut({ key: 'F8' }, () => editor.current?.nextProblem())
  const reveal = (line: number, column: number) => editor.current?.reveal(line, column)
  const problems = definition.refused.length > 0 ? definition.refused : check.checked.diagnostics
  const roleArn = awsRoleArns(check.checked.environment)[0]
  return (
    <div className="flex h-full min-h-0 flex-col">
      <DefinitionHeader
        reference={reference}
        url={props.url}
        revision={definition.stored.revision}
        revisionTags={revisionTags}
        subject={identity.subject}
        onIdentity={() => setIdentityOpen(true)}
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
              onSubmit={() => void open()}
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
              onOpen={() => void open()}
              changed={definition.changed}
              mayOpen={rights.mayOpen}
              requestAccess={<RequestAccess reference={reference} approval={props.approval} />}
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

/** What the check answers. */
type PackedCheck = Omit<Checked, 'environment'> & { environment?: PackedEvaluation }

function useCheckRun(address: string) {
  const before = useRef<PackedEvaluation>(undefined)
  return useCallback(
    async (definition: string, signal: AbortSignal): Promise<Checked> => {
      const answer = await requestJson<PackedCheck>(`${address}/check`, {
        method: 'POST',
        body: { definition },
        signal,
      })
      if (!answer.ok) throw new Error(answer.code)
      const { environment, ...rest } = answer.value
      const packed = environment && share(before.current, environment)
      before.current = packed ?? before.current
      return { ...rest, environment: packed && unpackEvaluation(packed) }
    },
    [address],
  )
}

function useLanguageContext({ reference, language }: WorkspaceProps, checked: Checked): ModelContext {
  const router = useRouter()
  const { environment: evaluation, diagnostics } = checked
  const environment = `${reference.project}/${reference.name}`
  const { organization } = reference
  return useMemo(
    () => ({
      service: createLanguageService({
        ...language,
        environment,
        ...(evaluation && { evaluation }),
        foreignSecrets: diagnostics.flatMap(({ code, path }) =>
          code === 'ciphertext' && path ? [path] : [],
        ),
      }),
      openEnvironment: (name, { line, column } = { line: 1, column: 1 }) => {
        const place = new URLSearchParams({ line: String(line), column: String(column) })
        leave(() => router.push(`/${organization}/environments/${name.replace(/@.*$/, '')}?${place}`))
      },
    }),
    [language, environment, evaluation, diagnostics, organization, router],
  )
}
