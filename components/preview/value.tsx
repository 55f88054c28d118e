import { Eye, EyeOff, Info } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { text } from '@/components/messages'
import { IconButton } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { HiddenSecret } from '@/components/ui/hidden-secret'
import { Tooltip } from '@/components/ui/tooltip'
import { Countdown } from './countdown'
import { useExplain } from './explain-context'
import { placeholderOf } from './json'
import type { PreviewNode } from './model'
import type { Reveal } from './use-reveal'

export interface ValueProps {
  node: PreviewNode
  reveal: Reveal
}

/** A scalar: the value, or the word that stands for it. */
export function Value({ node, reveal }: ValueProps) {
  if (node.state === 'unknown' || node.state === 'unknown-secret') return <Unknown node={node} />
  if (node.state === 'secret' && (node.text === undefined || !reveal.isShown(node.path))) {
    return (
      <Tooltip content={text.preview.tooltipSecret}>
        <span>
          <HiddenSecret word={placeholderOf(node)} />
        </span>
      </Tooltip>
    )
  }
  if (node.text === undefined) return null
  return (
    <span className="font-mono [overflow-wrap:anywhere] whitespace-pre-wrap text-fg" title={node.type}>
      {node.kind === 'string' && node.text === '' ? '""' : node.text}
    </span>
  )
}

function Unknown({ node }: { node: PreviewNode }) {
  const hint = node.maker ? text.preview.tooltipUnknown(node.maker) : text.preview.tooltipUnknownPlain
  const word = <span className="font-mono">{placeholderOf(node)}</span>
  return (
    <Tooltip content={hint}>
      <span className={node.state === 'unknown-secret' ? 'text-secret' : 'text-unknown'}>
        {word} <span className="hidden text-xs text-muted @md:inline">{node.type}</span>
      </span>
    </Tooltip>
  )
}

/** Where a value comes from: another environment, or the provider that makes it, and until when it is good. */
export function Source({ node, origin = node.origin }: { node: PreviewNode; origin?: string | undefined }) {
  const provider = /^fn::(?:open|rotate)::(.+)$/.exec(node.maker ?? '')?.[1]
  const isUnknown = node.state === 'unknown' || node.state === 'unknown-secret'
  const showsProvider = provider !== undefined && (isUnknown || node.expiresAt !== undefined)
  return (
    <>
      {showsProvider ? <span className="truncate font-mono text-xs text-muted">{provider}</span> : null}
      {origin ? <span className="truncate text-xs text-muted">{text.preview.fromImport(origin)}</span> : null}
      {node.expiresAt ? (
        <span className="text-xs text-muted">
          <Countdown until={node.expiresAt} format={text.preview.expiresIn} />
        </span>
      ) : null}
    </>
  )
}

/** The last cell of a row. Where the pane is narrow, what appears on pointing lies over the end of the value. */
export function ActionsCell({ children }: { children: ReactNode }) {
  return (
    <td className="relative">
      <div className="absolute top-0 right-2 flex h-7 items-center rounded group-hover:bg-raised">
        {children}
      </div>
    </td>
  )
}

const appearsOnHover = 'group-hover:opacity-100 focus-visible:opacity-100 pointer-fine:opacity-0'

/** Reveal, copy and explain, for values whose text is here. */
export function ValueActions({ node, reveal }: ValueProps) {
  const explain = useExplain()
  const why = explain ? (
    <IconButton label={text.why.open(node.path)} className={appearsOnHover} onClick={() => explain(node)}>
      <Info aria-hidden className="size-3.5" />
    </IconButton>
  ) : null
  if (node.text === undefined) return why
  const isSecret = node.state === 'secret'
  const isShown = reveal.isShown(node.path)
  const Icon = isShown ? EyeOff : Eye
  return (
    <>
      {why}
      {isSecret && !reveal.allShown ? (
        <IconButton
          label={isShown ? text.preview.hide(node.path) : text.preview.reveal(node.path)}
          aria-pressed={isShown}
          onClick={() => reveal.toggle(node.path)}
        >
          <Icon aria-hidden className="size-3.5" />
        </IconButton>
      ) : null}
      <CopyButton value={node.text} label={text.common.copyValue(node.path)} className={appearsOnHover} />
    </>
  )
}

/** A name that may be broken between its words when the column is too narrow for it. */
export function BreakableName({ name }: { name: string }) {
  const words = name.split(/(?<=[_.-])|(?<=[a-z])(?=[A-Z])/)
  return words.map((word, index) => (
    <Fragment key={`${word}${String(index)}`}>
      {index > 0 ? <wbr /> : null}
      {word}
    </Fragment>
  ))
}
