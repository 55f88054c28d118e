'use client'

import { type KeyboardEvent, useState } from 'react'
import { text } from '@/components/messages'
import { cx } from '@/components/ui/cx'
import type { TableRow } from '@/lib/language/table'

export interface ValueCellProps {
  row: TableRow
  /** The secret in the clear, while it is revealed. */
  shown: string | undefined
  readOnly: boolean
  /** Shows the value in the document: it cannot be edited here. */
  onShow: () => void
  /** @returns whether the text was taken over */
  onCommit: (text: string) => boolean
}

const cellClass =
  'min-w-0 flex-1 rounded border border-transparent bg-transparent px-1.5 font-mono text-sm hover:border-line focus:border-line-strong focus:bg-bg'

/** Enter or leaving the cell takes the text over; Escape takes it back. */
export function ValueCell(props: ValueCellProps) {
  const { row, shown, onShow } = props
  if (row.kind === 'call' || row.kind === 'empty') return <Elsewhere row={row} onShow={onShow} />
  const isSecret = row.kind === 'secret' || row.kind === 'sealed'
  return isSecret && shown === undefined ? <HiddenCell {...props} /> : <PlainCell {...props} />
}

function PlainCell({ row, shown, readOnly, onCommit }: ValueCellProps) {
  const { draft, setDraft, commit, onKeyDown } = useDraft(shown ?? row.text, onCommit)
  const value = draft ?? shown ?? row.text
  const common = {
    'aria-label': text.table.valueOf(row.label),
    value,
    readOnly,
    spellCheck: false,
    autoComplete: 'off',
    placeholder: row.kind === 'null' ? 'null' : '',
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onBlur: commit,
  }
  if (value.includes('\n')) {
    return (
      <textarea
        {...common}
        rows={Math.min(8, value.split('\n').length)}
        onKeyDown={(event) => onKeyDown(event, { lines: true })}
        className={cx(cellClass, 'py-1.5')}
      />
    )
  }
  return (
    <input
      {...common}
      onKeyDown={(event) => onKeyDown(event, { lines: false })}
      className={cx(cellClass, 'h-8', row.text.includes('${') && 'text-accent')}
    />
  )
}

/** A secret that is not revealed is not in the page, whether it is sealed or only typed: what is typed here replaces it. */
function HiddenCell({ row, readOnly, onCommit }: ValueCellProps) {
  const { draft = '', setDraft, commit, onKeyDown } = useDraft('', onCommit)
  return (
    <input
      type="password"
      aria-label={text.table.valueOf(row.label)}
      value={draft}
      readOnly={readOnly}
      // Otherwise a browser offers to fill in and to keep the password of this site.
      autoComplete="new-password"
      placeholder={row.kind === 'sealed' ? text.table.sealed : text.table.unsaved}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => onKeyDown(event, { lines: false })}
      className={cx(cellClass, 'h-8')}
    />
  )
}

/** What is typed into a cell until it is taken over. */
function useDraft(current: string, onCommit: (text: string) => boolean) {
  const [draft, setDraft] = useState<string>()
  const commit = () => {
    if (draft === undefined || draft === current || onCommit(draft)) setDraft(undefined)
  }
  const onKeyDown = (event: KeyboardEvent, { lines }: { lines: boolean }) =>
    onKey(event, { commit, revert: () => setDraft(undefined), lines })
  return { draft, setDraft, commit, onKeyDown }
}

interface KeyActions {
  commit: () => void
  revert: () => void
  /** Enter begins a new line; with Ctrl or Command it takes the text over. */
  lines: boolean
}

function onKey(event: KeyboardEvent, { commit, revert, lines }: KeyActions): void {
  const takesOver = event.key === 'Enter' && (!lines || event.ctrlKey || event.metaKey)
  if (event.key === 'Escape') revert()
  if (takesOver) commit()
  if (takesOver || event.key === 'Escape') event.preventDefault()
}

function Elsewhere({ row, onShow }: { row: TableRow; onShow: () => void }) {
  return (
    <button
      type="button"
      onClick={onShow}
      aria-label={text.table.showInDocument(row.label)}
      title={text.table.editInDocument}
      className="h-8 min-w-0 flex-1 truncate rounded px-1.5 text-left font-mono text-muted hover:text-accent hover:underline"
    >
      {row.text}
    </button>
  )
}
