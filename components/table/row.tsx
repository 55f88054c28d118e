'use client'

import { Eye, EyeOff, Lock } from 'lucide-react'
import { useState } from 'react'
import { text } from '@/components/messages'
import { IconButton } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { ciphertextAt, type EditResult } from '@/lib/language/edit'
import {
  mayBeSecret,
  renameRow,
  setRowKind,
  setRowText,
  type TableRow,
  toggleSecret,
} from '@/lib/language/table'
import { KindCell } from './kind-cell'
import { RowMenu } from './row-menu'
import { type TableTools, takeEdit } from './tools'
import { useRevealed } from './use-revealed'
import { ValueCell } from './value-cell'

export interface RowProps extends TableTools {
  row: TableRow
}

export function Row({ row, ...tools }: RowProps) {
  const { definition, onEdit, readOnly } = tools
  const [problem, setProblem] = useState<string>()
  const [renaming, setRenaming] = useState(false)
  const ciphertext = row.kind === 'sealed' ? ciphertextAt(definition, row.path) : undefined
  const revealed = useRevealed(ciphertext, tools.onReveal)
  const isSecret = row.kind === 'secret' || row.kind === 'sealed'
  const take = (result: EditResult) => {
    const refused = takeEdit(result, onEdit)
    setProblem(refused)
    return refused === undefined
  }
  const toggle = async () => {
    if (row.kind !== 'sealed') return take(toggleSecret(definition, row))
    const plaintext = revealed.shown ?? (ciphertext && (await tools.onReveal(ciphertext)))
    if (plaintext !== undefined) take(toggleSecret(definition, { ...row, kind: 'secret', text: plaintext }))
  }
  return (
    <li
      aria-label={row.label}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 gap-y-0.5 border-b border-line py-0.5 pr-1 pl-3 [contain-intrinsic-size:auto_2.25rem] [content-visibility:auto] focus-within:bg-raised hover:bg-raised @md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto]"
    >
      {renaming ? (
        <NameCell
          row={row}
          onDone={(name) => {
            if (name === undefined || take(renameRow(definition, row, name))) setRenaming(false)
          }}
        />
      ) : (
        <span className="min-w-0 truncate py-1.5 font-mono" title={row.label}>
          {row.label}
        </span>
      )}
      <span className="order-last col-span-2 flex min-w-0 items-start gap-1 @md:order-none @md:col-span-1">
        <ValueCell
          row={row}
          shown={revealed.shown}
          readOnly={readOnly}
          onShow={() => tools.onShow(row.line)}
          onCommit={(next) => take(setRowText(definition, row, next))}
        />
        {isSecret ? (
          <RevealButton label={row.label} revealed={revealed} mayOpen={tools.mayOpen} row={row} />
        ) : null}
      </span>
      <span className="flex items-center gap-1">
        <KindCell
          row={row}
          readOnly={readOnly}
          onChange={(kind) => take(setRowKind(definition, row, kind))}
        />
        <label className={cx('flex h-8 w-11 items-center gap-1.5', isSecret && 'text-secret')}>
          <input
            type="checkbox"
            checked={isSecret}
            disabled={
              readOnly || !(mayBeSecret(row) || (isSecret && (row.kind === 'secret' || tools.mayOpen)))
            }
            onChange={() => void toggle()}
            aria-label={text.table.isSecret(row.label)}
            className="size-4 accent-accent"
          />
          <Lock aria-hidden className={cx('size-3.5', !isSecret && 'text-muted opacity-40')} />
        </label>
        <RowMenu row={row} tools={tools} onRename={() => setRenaming(true)} onProblem={setProblem} />
      </span>
      {problem ? (
        <p role="alert" className="order-last col-span-full pb-1 text-xs text-error">
          {problem}
        </p>
      ) : null}
    </li>
  )
}

interface RevealButtonProps {
  label: string
  row: TableRow
  revealed: ReturnType<typeof useRevealed>
  mayOpen: boolean
}

function RevealButton({ label, row, revealed, mayOpen }: RevealButtonProps) {
  const isShown = revealed.shown !== undefined
  const Icon = isShown ? EyeOff : Eye
  return (
    <IconButton
      label={isShown ? text.table.hide(label) : text.table.reveal(label)}
      disabled={row.kind === 'sealed' && !mayOpen}
      onClick={() => (isShown ? revealed.hide() : void revealed.reveal(row.text))}
      className="mt-1"
    >
      <Icon aria-hidden className="size-3.5" />
    </IconButton>
  )
}

function NameCell({ row, onDone }: { row: TableRow; onDone: (name: string | undefined) => void }) {
  const last = String(row.path.at(-1) ?? '')
  const [name, setName] = useState(last)
  return (
    <input
      // A person has just asked to rename: typing must go here.
      ref={(input) => input?.focus()}
      aria-label={text.table.newName(row.label)}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => onDone(name === last ? undefined : name)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone(name === last ? undefined : name)
        if (event.key === 'Escape') onDone(undefined)
      }}
      className="h-8 min-w-0 rounded border border-line-strong bg-bg px-1.5 font-mono"
    />
  )
}
