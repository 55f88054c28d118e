'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, memo, useMemo, useState } from 'react'
import { text } from '@/components/messages'
import { WindowedRows } from '@/components/ui/windowed-rows'
import type { PreviewNode } from './model'
import type { Reveal } from './use-reveal'
import { ActionsCell, BreakableName, Source, Value, ValueActions } from './value'

export interface TreeProps {
  nodes: readonly PreviewNode[]
  reveal: Reveal
  label: string
}

interface Row {
  node: PreviewNode
  level: number
  /** Absent for what has nothing to unfold. */
  expanded?: boolean
}

/** The values as rows, nested ones indented and foldable. */
export const Tree = memo(function Tree({ nodes, reveal, label }: TreeProps) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => flatten(nodes, folded, 1), [nodes, folded])
  return (
    <table aria-label={label} aria-rowcount={rows.length} className="w-full table-fixed border-collapse">
      <colgroup>
        <col className="w-[38%] @md:w-[42%]" />
        <col />
        <col className="w-9 pointer-coarse:w-22 @lg:w-22" />
      </colgroup>
      <WindowedRows
        rows={rows}
        rowHeight={28}
        columns={3}
        render={(row) => <TreeRow key={row.node.path} {...row} reveal={reveal} onFold={setFolded} />}
      />
    </table>
  )
})

type SetFolded = (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void

interface TreeRowProps extends Row {
  reveal: Reveal
  onFold: SetFolded
}

const indentRem = 0.875

/** Rows are made anew with every check, what they say mostly is not. */
const TreeRow = memo(function TreeRow({ node, level, expanded, reveal, onFold }: TreeRowProps) {
  const parent = node.path.slice(0, Math.max(0, node.path.length - node.name.length))
  return (
    <tr className="group align-top hover:bg-raised">
      <th scope="row" className="py-1 pl-3 text-left font-normal">
        <div className="flex min-w-0 items-start" style={{ paddingLeft: `${(level - 1) * indentRem}rem` }}>
          {expanded === undefined ? (
            <span className="w-5 shrink-0" />
          ) : (
            <Fold node={node} expanded={expanded} onFold={onFold} />
          )}
          <span className="min-w-0 font-mono [overflow-wrap:anywhere] text-muted" title={node.path}>
            <span className="sr-only">{parent}</span>
            <BreakableName name={node.name} />
          </span>
        </div>
      </th>
      <td className="py-1 pl-3">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          {expanded === undefined ? <Value node={node} reveal={reveal} /> : null}
          {/* What is unfolded says of each value where it is from. */}
          <Source node={node} origin={expanded ? '' : node.origin} />
        </div>
      </td>
      <ActionsCell>
        {expanded === undefined ? <ValueActions node={node} reveal={reveal} /> : null}
      </ActionsCell>
    </tr>
  )
})

interface FoldProps {
  node: PreviewNode
  expanded: boolean
  onFold: SetFolded
}

function Fold({ node, expanded, onFold }: FoldProps) {
  const set = (shut: boolean) => onFold((before) => withFold(before, node.path, shut))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') set(true)
    if (event.key === 'ArrowRight') set(false)
  }
  const Icon = expanded ? ChevronDown : ChevronRight
  return (
    <button
      type="button"
      aria-label={text.preview.toggle(node.name)}
      aria-expanded={expanded}
      onClick={() => set(expanded)}
      onKeyDown={onKeyDown}
      className="flex size-5 shrink-0 items-center justify-center rounded text-muted hover:bg-hover"
    >
      <Icon aria-hidden className="size-3.5" />
    </button>
  )
}

function flatten(nodes: readonly PreviewNode[], folded: ReadonlySet<string>, level: number): Row[] {
  return nodes.flatMap((node): Row[] => {
    if (node.children.length === 0) return [{ node, level }]
    const expanded = !folded.has(node.path)
    const inner = expanded ? flatten(node.children, folded, level + 1) : []
    return [{ node, level, expanded }, ...inner]
  })
}

function withFold(folded: ReadonlySet<string>, path: string, shut: boolean): ReadonlySet<string> {
  const next = new Set(folded)
  if (shut) next.add(path)
  else next.delete(path)
  return next
}
