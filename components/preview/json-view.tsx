'use client'

import { useMemo } from 'react'
import { treeToJson } from './json'
import type { PreviewNode } from './model'
import { TextView } from './text-view'
import type { Reveal } from './use-reveal'

/** All values as JSON; secrets in it are readable only while all are revealed. */
export function JsonView({ nodes, reveal }: { nodes: readonly PreviewNode[]; reveal: Reveal }) {
  const secrets = reveal.allShown ? 'show' : 'mask'
  const json = useMemo(() => treeToJson(nodes, { secrets }), [nodes, secrets])
  return <TextView value={json} />
}
