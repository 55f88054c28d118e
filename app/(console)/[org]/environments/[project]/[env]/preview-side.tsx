'use client'

import { Play } from 'lucide-react'
import { memo, useMemo, useState } from 'react'
import { text } from '@/components/messages'
import { CheckStatus } from '@/components/preview/check-status'
import { ExplainProvider } from '@/components/preview/explain-context'
import { createPreviewer, type PreviewNode } from '@/components/preview/model'
import { OutdatedNotice, PreviewPane } from '@/components/preview/preview-pane'
import type { CheckState } from '@/components/preview/use-check'
import type { OpenedEnvironment, OpenSessionControl } from '@/components/preview/use-open-session'
import { useReveal } from '@/components/preview/use-reveal'
import { WhyValue } from '@/components/preview/why-value'
import { unpackEvaluation } from '@/components/preview/wire'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { useShortcut } from '@/components/ui/shortcut'
import type { ApprovalState } from '@/lib/approvals/state'
import { OpenFailure } from './open-failure'
import { OpenStatus } from './open-status'
import { RequestAccess } from './request-access'
import type { Reference } from './use-saving'

export interface PreviewSideProps {
  reference: Reference
  check: CheckState
  session: OpenSessionControl
  onOpen: () => void
  /** There is unsaved text: opening saves first. */
  changed: boolean
  mayOpen: boolean
  approval: ApprovalState
  roleArn: string | undefined
  storedRevision: number
  /** Shows a place of this definition. */
  onShow: (line: number, column: number) => void
}

/** What the definition means: the live preview, or the values of an open session. */
export const PreviewSide = memo(function PreviewSide(props: PreviewSideProps) {
  const { reference, check, session, changed, storedRevision } = props
  const { state } = session
  const opened = state.status === 'open' ? state.opened : undefined
  // Opened values belong to a saved revision; as soon as the text moves on, the preview of the text is what counts.
  const isCurrent = opened !== undefined && !changed && opened.revision === storedRevision
  const [explained, setExplained] = useState<PreviewNode>()
  const revisions = useMemo(() => revisionsOf(check), [check])
  const [preferPreview, setPreferPreview] = useState<string>()
  const showsOpened = opened !== undefined && isCurrent && preferPreview !== opened.id
  const shown = showsOpened ? opened : undefined
  const nodes = useNodes(reference, check, shown)
  const reveal = useReveal(shown?.id)
  useShortcut({ key: 's', mod: true, shift: true }, reveal.toggleAll)
  const revealable = useMemo(() => hasReadableSecret(nodes), [nodes])
  return (
    <ExplainProvider value={setExplained}>
      <PreviewPane
        nodes={nodes}
        reveal={reveal}
        revealable={revealable}
        loading={!showsOpened && check.status !== 'failed' && isBlank(check)}
        status={
          opened ? (
            <OpenStatus
              opened={opened}
              shown={showsOpened}
              current={isCurrent}
              check={check}
              onShow={(show) => setPreferPreview(show ? undefined : opened.id)}
            />
          ) : (
            <CheckStatus check={check} />
          )
        }
        actions={<OpenActions {...props} />}
        notice={noticeFor({ ...props, showsOpened })}
      />
      <WhyValue
        node={explained}
        onClose={() => setExplained(undefined)}
        revisions={revisions}
        organization={reference.organization}
        ownNames={ownNamesOf(reference)}
        onShow={props.onShow}
      />
    </ExplainProvider>
  )
})

function isBlank({ checked, status }: CheckState): boolean {
  return checked.environment === undefined && checked.diagnostics.length === 0 && status === 'checking'
}

function useNodes({ project, name }: Reference, check: CheckState, opened: OpenedEnvironment | undefined) {
  const packed = check.checked.environment
  const environment = useMemo(() => packed && unpackEvaluation(packed), [packed])
  const [preview] = useState(createPreviewer)
  const ownNames = useMemo(() => ownNamesOf({ project, name }), [project, name])
  return useMemo(() => {
    if (!opened) return preview({ evaluation: environment, ownNames })
    const expiries = new Map(
      opened.calls.flatMap(({ path, expiresAt }): [string, string][] =>
        expiresAt ? [[path.replace(/^values\./, ''), expiresAt]] : [],
      ),
    )
    return preview({ evaluation: { ...environment, properties: opened.properties }, ownNames, expiries })
  }, [preview, environment, opened, ownNames])
}

/** As ranges name this environment. */
function ownNamesOf({ project, name }: Pick<Reference, 'project' | 'name'>): string[] {
  return [name, `${project}/${name}`, '<yaml>']
}

function revisionsOf({ checked }: CheckState): ReadonlyMap<string, number> {
  return new Map(
    (checked.participants ?? []).flatMap(({ name, revision }): [string, number][] =>
      revision === undefined ? [] : [[name, revision]],
    ),
  )
}

function hasReadableSecret(nodes: readonly PreviewNode[]): boolean {
  return nodes.some(
    (node) => (node.state === 'secret' && node.text !== undefined) || hasReadableSecret(node.children),
  )
}

function OpenActions({ reference, session, changed, mayOpen, approval, onOpen }: PreviewSideProps) {
  const { status } = session.state
  if (!mayOpen) return <RequestAccess reference={reference} approval={approval} />
  return (
    <>
      {status === 'open' ? <Button onClick={session.close}>{text.preview.closeSession}</Button> : null}
      {status === 'opening' ? <Button onClick={session.close}>{text.common.cancel}</Button> : null}
      <Button
        look={changed ? 'secondary' : 'primary'}
        icon={<Play aria-hidden className="size-3.5" />}
        busy={status === 'opening'}
        onClick={onOpen}
      >
        {changed ? text.preview.openAndSave : text.preview.open}
        <Kbd keys="Mod+Enter" className="ml-0.5 hidden @xl:inline" />
      </Button>
    </>
  )
}

function noticeFor({ session, check, roleArn, showsOpened }: PreviewSideProps & { showsOpened: boolean }) {
  const { state } = session
  if (state.status === 'failed') {
    return <OpenFailure refusal={state.refusal} roleArn={roleArn} onClose={session.close} />
  }
  if (state.status === 'expired') return <Banner>{text.preview.sessionExpired}</Banner>
  if (!showsOpened && check.outdated) return <OutdatedNotice />
  if (showsOpened && state.status === 'open' && state.opened.diagnostics.length > 0) {
    return (
      <Banner tone="warning">
        {state.opened.diagnostics.map(({ summary }) => (
          <p key={summary}>{summary}</p>
        ))}
      </Banner>
    )
  }
  return null
}
