'use client'

import { useMemo } from 'react'
import { text } from '@/components/messages'
import { CopyButton } from '@/components/ui/copy-button'
import { treeToJson } from './json'
import type { PreviewNode } from './model'
import type { Reveal } from './use-reveal'

/** All values as JSON; secrets in it are readable only while all are revealed. */
export function JsonView({ nodes, reveal }: { nodes: readonly PreviewNode[]; reveal: Reveal }) {
  const secrets = reveal.allShown ? 'show' : 'mask'
  const json = useMemo(() => treeToJson(nodes, { secrets }), [nodes, secrets])
  return (
    <div className="relative">
      <CopyButton value={json} label={text.preview.copyAll} withText className="absolute top-2 right-3" />
      <pre className="p-3 pr-24 font-mono break-words whitespace-pre-wrap">{json}</pre>
    </div>
  )
}
