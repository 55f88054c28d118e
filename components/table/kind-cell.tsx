import { text } from '@/components/messages'
import type { TableRow } from '@/lib/language/table'

const kinds = ['text', 'number', 'boolean', 'null'] as const

type Kind = (typeof kinds)[number]

export interface KindCellProps {
  row: TableRow
  readOnly: boolean
  onChange: (kind: Kind) => void
}

/** What kind of value it is. What is more than a scalar is changed in the document. */
export function KindCell({ row, readOnly, onChange }: KindCellProps) {
  const isScalar = kinds.some((kind) => kind === row.kind)
  if (!isScalar || readOnly) {
    return (
      <span className="flex h-8 w-20 items-center px-1 text-xs text-muted">{text.table.kinds[row.kind]}</span>
    )
  }
  return (
    <select
      aria-label={text.table.kindOf(row.label)}
      value={row.kind}
      onChange={(event) => {
        const kind = kinds.find((known) => known === event.target.value)
        if (kind) onChange(kind)
      }}
      className="h-8 w-20 rounded border border-transparent bg-transparent text-xs text-muted hover:border-line"
    >
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          {text.table.kinds[kind]}
        </option>
      ))}
    </select>
  )
}
