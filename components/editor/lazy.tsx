'use client'

import dynamic from 'next/dynamic'
import { text } from '@/components/messages'
import { Skeleton } from '@/components/ui/states'

// By far the largest file of the pages that import this: it is on its way before React has drawn them.
if (typeof window !== 'undefined') void import('./monaco')

const lines = ['w-24', 'w-40', 'w-56', 'w-48', 'w-64', 'w-36']

function EditorSkeleton() {
  return (
    <div role="status" aria-label={text.editor.loadingEditor} className="flex flex-col gap-2 py-3 pl-12">
      {lines.map((width) => (
        <Skeleton key={width} className={`h-3.5 ${width}`} />
      ))}
    </div>
  )
}

/** Monaco needs a browser and is large: it is loaded only there, and only by pages that show an editor. */
export const LazyCodeEditor = dynamic(() => import('./code-editor'), { ssr: false, loading: EditorSkeleton })

export const LazyDiffEditor = dynamic(() => import('./diff-editor'), { ssr: false, loading: EditorSkeleton })
