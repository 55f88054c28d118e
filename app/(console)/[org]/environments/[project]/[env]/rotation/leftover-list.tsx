'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { ConfirmTyped } from '@/components/access/confirm-typed'
import { DialogButton } from '@/components/access/dialog-button'
import { Fact, PartHeading, Row, RowActions, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { CopyButton } from '@/components/ui/copy-button'
import type { EnvironmentReference } from '@/lib/environments/reference'
import type { Leftover } from '@/lib/rotation/leftovers'
import { letGo } from './actions'
import { disclose } from './secret-actions'

export interface LeftoverListProps {
  reference: EnvironmentReference
  leftovers: readonly Leftover[]
  mayChange: boolean
}

/** What rotations made for calls that are gone; nothing where there is none. */
export function LeftoverList({ reference, leftovers, mayChange }: LeftoverListProps) {
  if (leftovers.length === 0) return null
  return (
    <>
      <PartHeading title={text.rotation.leftovers} />
      <p className="max-w-2xl px-4 pb-2 text-muted">{text.rotation.leftoversBody}</p>
      <Rows label={text.rotation.leftovers}>
        {leftovers.map((leftover) => (
          <Row key={leftover.id}>
            <RowName>
              <span className="font-mono">{leftover.path}</span>
            </RowName>
            <Fact>
              <span className="font-mono text-xs">{leftover.rotator}</span>
            </Fact>
            <Fact label={text.rotation.leftoverSince}>
              <Ago at={leftover.orphanedAt} />
            </Fact>
            <RowActions>
              {mayChange ? <LeftoverActions reference={reference} leftover={leftover} /> : null}
            </RowActions>
          </Row>
        ))}
      </Rows>
    </>
  )
}

interface LeftoverProps {
  reference: EnvironmentReference
  leftover: Leftover
}

function LeftoverActions({ reference, leftover: { id, path } }: LeftoverProps) {
  const { organization, project, name } = reference
  const place = { organization, project, name, id }
  return (
    <>
      <DialogButton
        label={text.rotation.leftoverRead}
        accessibleName={text.rotation.leftoverReadNamed(path)}
        button={{ size: 'sm' }}
        title={text.rotation.leftoverTitle(path)}
        description={text.rotation.leftoverReadBody}
        size="lg"
      >
        {(close) => <Content place={place} onClose={close} />}
      </DialogButton>
      <DialogButton
        label={text.rotation.letGo}
        accessibleName={text.rotation.letGoNamed(path)}
        button={{ size: 'sm', look: 'danger' }}
        title={text.rotation.letGoTitle}
        description={text.rotation.letGoBody}
      >
        {(close) => (
          <ConfirmTyped
            word={path}
            submit={text.rotation.letGo}
            done={text.rotation.letGone}
            work={() => letGo(place)}
            onClose={close}
          />
        )}
      </DialogButton>
    </>
  )
}

/** Shown only when asked for once more: it is on the record. Forgotten with the dialog. */
function Content({ place, onClose }: { place: EnvironmentReference & { id: string }; onClose: () => void }) {
  const [content, setContent] = useState<string>()
  if (content === undefined) {
    return (
      <ActionForm
        work={() => disclose(place)}
        submit={text.rotation.leftoverShow}
        after={setContent}
        onCancel={onClose}
      />
    )
  }
  return (
    <div className="flex flex-col items-end gap-2">
      <CopyButton value={content} label={text.rotation.leftoverCopy} withText />
      <textarea
        readOnly
        aria-label={text.rotation.leftoverContent}
        rows={12}
        value={content}
        className="w-full rounded border border-line bg-raised p-2 font-mono text-xs"
      />
    </div>
  )
}
