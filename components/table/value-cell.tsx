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
export function ValueCell({ row, shown, readOnly, onShow, onCommit }: ValueCellProps) {
  const [draft, setDraft] = useState<string>()
  if (row.kind === 'call' || row.kind === 'empty') return <Elsewhere row={row} onShow={onShow} />
  const isSecret = row.kind === 'secret' || row.kind === 'sealed'
  const current = shown ?? row.text
  const value = draft ?? current
  const commit = () => {
    if (draft === undefined || draft === current) return setDraft(undefined)
    if (onCommit(draft)) setDraft(undefined)
  }
  const common = {
    'aria-label': text.table.valueOf(row.label),
    value,
    readOnly,
    spellCheck: false,
    autoComplete: 'off',
    placeholder: row.kind === 'sealed' ? text.table.sealed : row.kind === 'null' ? 'null' : '',
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onBlur: commit,
  }
  const masked = isSecret && shown === undefined && '[-webkit-text-security:disc]'
  if (value.includes('\n')) {
    return (
      <textarea
        {...common}
        rows={Math.min(8, value.split('\n').length)}
        onKeyDown={(event) => onKey(event, { commit, revert: () => setDraft(undefined), lines: true })}
        className={cx(cellClass, 'py-1.5', masked)}
      />
    )
  }
  return (
    <input
      {...common}
      onKeyDown={(event) => onKey(event, { commit, revert: () => setDraft(undefined), lines: false })}
      className={cx(cellClass, 'h-8', row.text.includes('${') && 'text-accent', masked)}
    />
  )
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
