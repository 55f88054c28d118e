'use client'

import Link from 'next/link'
import { text } from '@/components/messages'
import { Dialog } from '@/components/ui/dialog'
import type { Layer } from './layers'
import type { PreviewNode } from './model'

export interface WhyValueProps {
  node: PreviewNode | undefined
  onClose: () => void
  /** Revisions of the environments that took part, by name. */
  revisions: ReadonlyMap<string, number>
  organization: string
  /** Names under which this environment appears; its layers are shown in the editor beside. */
  ownNames: readonly string[]
  onShow: (line: number, column: number) => void
}

/** The definitions that set a value, in the order of the merge: the winner first, what it overrode struck through. */
export function WhyValue({ node, onClose, ...rest }: WhyValueProps) {
  return (
    <Dialog
      shape="sheet"
      open={node !== undefined}
      onOpenChange={onClose}
      title={text.why.title}
      description={<span className="font-mono break-all">{node?.path}</span>}
    >
      {node ? <Chain node={node} onClose={onClose} {...rest} /> : null}
    </Dialog>
  )
}

type ChainProps = Omit<WhyValueProps, 'node'> & { node: PreviewNode }

function Chain({ node, ...rest }: ChainProps) {
  return (
    <>
      {node.maker ? (
        <p className="mb-3 text-muted">
          {text.why.madeBy} <span className="font-mono text-fg">{node.maker}</span>
        </p>
      ) : null}
      <ol className="flex flex-col divide-y divide-line rounded border border-line">
        {node.layers.map((layer, index) => (
          <li
            key={`${layer.environment}:${layer.line}:${layer.column}`}
            className="flex flex-col gap-0.5 px-3 py-2"
          >
            <span className="flex items-center justify-between gap-3">
              <LayerPlace layer={layer} {...rest} />
              <span className={index === 0 ? 'text-xs text-ok' : 'text-xs text-muted'}>
                {index === 0 ? text.why.used : text.why.overridden}
              </span>
            </span>
            <LayerValue layer={layer} winner={index === 0} />
          </li>
        ))}
      </ol>
      <p className="mt-3 text-xs text-muted">{text.why.rule}</p>
    </>
  )
}

type LayerPlaceProps = Omit<ChainProps, 'node'> & { layer: Layer }

function LayerPlace({ layer, revisions, organization, ownNames, onShow, onClose }: LayerPlaceProps) {
  const { environment, line, column = 1 } = layer
  const revision = revisions.get(environment)
  const place = line === undefined ? '' : text.why.line(line)
  if (ownNames.includes(environment)) {
    const show = () => {
      onClose()
      onShow(line ?? 1, column)
    }
    return (
      <button type="button" onClick={show} className="font-semibold hover:text-accent hover:underline">
        {text.why.here}
        {place}
      </button>
    )
  }
  const query =
    line === undefined ? '' : `?${new URLSearchParams({ line: String(line), column: String(column) })}`
  return (
    <Link
      href={`/${organization}/environments/${environment.replace(/@.*$/, '')}${query}`}
      className="min-w-0 font-semibold break-all hover:text-accent hover:underline"
    >
      {environment}
      {revision === undefined ? '' : text.why.revision(revision)}
      {place}
    </Link>
  )
}

function LayerValue({ layer, winner }: { layer: Layer; winner: boolean }) {
  const words = {
    secret: text.preview.tokenSecret,
    unknown: text.preview.tokenUnknown,
    collection: text.why.collection,
    plain: layer.text ?? '',
  }
  const tone = layer.state === 'secret' ? 'text-secret' : layer.state === 'unknown' ? 'text-unknown' : ''
  return (
    <span className={`font-mono break-words ${tone} ${winner ? '' : 'text-muted line-through'}`}>
      {words[layer.state]}
    </span>
  )
}
