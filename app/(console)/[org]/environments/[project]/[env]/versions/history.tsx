'use client'

import { GitCompare, MoreHorizontal, X } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { buttonClass, IconButton } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu'
import { useAction } from '@/components/ui/use-action'
import type { EnvironmentReference } from '@/lib/environments/reference'
import type { RevisionSummary } from '@/lib/environments/revisions'
import { removeTag } from './actions'
import { RetractDialog, RollBackDialog, TagDialog, type TagUsers } from './dialogs'

export interface HistoryProps {
  reference: EnvironmentReference
  revisions: RevisionSummary[]
  latest: number
  /** Of the newest revision, so that a roll-back never overwrites what was saved meanwhile. */
  etag: string
  tagUsers: TagUsers[]
  mayWrite: boolean
}

type Chosen = { what: 'tag' | 'retract' | 'roll-back'; revision: number }

export function History({ reference, revisions, latest, etag, tagUsers, mayWrite }: HistoryProps) {
  const [chosen, setChosen] = useState<Chosen>()
  const close = () => setChosen(undefined)
  const shared = { reference, revision: chosen?.revision ?? 0, onClose: close }
  return (
    <>
      <ol aria-label={text.versions.history}>
        {revisions.map((revision) => (
          <RevisionRow
            key={revision.number}
            reference={reference}
            revision={revision}
            latest={latest}
            mayWrite={mayWrite}
            onChoose={(what) => setChosen({ what, revision: revision.number })}
          />
        ))}
      </ol>
      {chosen?.what === 'tag' ? <TagDialog {...shared} tagUsers={tagUsers} /> : null}
      {chosen?.what === 'retract' ? <RetractDialog {...shared} /> : null}
      {chosen?.what === 'roll-back' ? <RollBackDialog {...shared} etag={etag} /> : null}
    </>
  )
}

interface RevisionRowProps {
  reference: EnvironmentReference
  revision: RevisionSummary
  latest: number
  mayWrite: boolean
  onChoose: (what: Chosen['what']) => void
}

function RevisionRow({ reference, revision, latest, mayWrite, onChoose }: RevisionRowProps) {
  const { number, createdAt, creatorLogin, message, tags, retracted } = revision
  const base = `/${reference.organization}/environments/${reference.project}/${reference.name}/versions`
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1.5 hover:bg-raised">
      <span className="w-24 shrink-0 font-semibold">{text.versions.revision(number)}</span>
      <span className="flex min-w-0 flex-[2_1_14rem] flex-wrap items-center gap-2">
        {tags.map((tag) => (
          <TagChip key={tag} reference={reference} tag={tag} mayWrite={mayWrite} />
        ))}
        <span className="min-w-0 truncate text-muted" title={message}>
          {message.split('\n')[0]}
        </span>
        {retracted ? (
          <span className="text-xs text-warning" title={retracted.reason}>
            {text.versions.retracted(retracted.replacement)}
          </span>
        ) : null}
      </span>
      <span className="text-muted max-sm:flex-1">
        <Ago at={createdAt} /> {creatorLogin ? text.environments.by(creatorLogin) : ''}
      </span>
      {number === latest ? (
        <span aria-hidden className={cx(buttonClass('ghost', 'sm'), 'invisible max-sm:hidden')}>
          <GitCompare aria-hidden className="size-3.5" />
          {text.versions.compare}
        </span>
      ) : (
        <Link
          href={`${base}/compare?from=${number}&to=${latest}`}
          aria-label={text.versions.compareWithLatest(number)}
          className={buttonClass('ghost', 'sm')}
        >
          <GitCompare aria-hidden className="size-3.5" />
          {text.versions.compare}
        </Link>
      )}
      {mayWrite ? <RevisionMenu revision={revision} latest={latest} onChoose={onChoose} /> : null}
    </li>
  )
}

type RevisionMenuProps = Pick<RevisionRowProps, 'revision' | 'latest' | 'onChoose'>

function RevisionMenu({ revision, latest, onChoose }: RevisionMenuProps) {
  const old = revision.number !== latest
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label={`${text.common.moreActions}: ${text.versions.revision(revision.number)}`}>
          <MoreHorizontal aria-hidden className="size-4" />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem onSelect={() => onChoose('tag')}>{text.versions.addTag}</MenuItem>
        {old ? <MenuItem onSelect={() => onChoose('roll-back')}>{text.versions.rollBack}</MenuItem> : null}
        {old && !revision.retracted ? (
          <MenuItem onSelect={() => onChoose('retract')}>{text.versions.retract}</MenuItem>
        ) : null}
      </MenuContent>
    </Menu>
  )
}

/** Built in; it always names the newest revision. */
const latestTag = 'latest'

interface TagChipProps {
  reference: EnvironmentReference
  tag: string
  mayWrite: boolean
}

function TagChip({ reference, tag, mayWrite }: TagChipProps) {
  const [busy, run] = useAction()
  const remove = () =>
    run({ work: () => removeTag({ ...reference, tag }), done: () => text.versions.removed(tag) })
  return (
    <span className="inline-flex items-center rounded border border-line pl-1.5 font-mono text-xs">
      <span className="py-0.5 pr-1.5">{tag}</span>
      {mayWrite && tag !== latestTag ? (
        <IconButton label={text.versions.removeTag(tag)} disabled={busy} onClick={remove} className="size-5">
          <X aria-hidden className="size-3" />
        </IconButton>
      ) : null}
    </span>
  )
}
