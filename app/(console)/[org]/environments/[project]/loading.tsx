import { text } from '@/components/messages'
import { Skeleton } from '@/components/ui/states'

const lines = ['w-20', 'w-32', 'w-24', 'w-48', 'w-56', 'w-40', 'w-28', 'w-44', 'w-52', 'w-36']

/** In the geometry of the editor: the definition at the left, the preview at the right. */
export default function Loading() {
  return (
    <div role="status" aria-label={text.common.loading} className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-20 shrink-0 flex-col gap-4 border-b border-line px-4 pt-3.5">
        <Skeleton className="h-5 w-56 max-w-full" />
        <Skeleton className="h-4 w-96 max-w-full" />
      </div>
      <div className="flex min-h-0 flex-1">
        <Pane className="flex-[52] md:border-r" />
        <Pane className="flex-[48] max-md:hidden" />
      </div>
    </div>
  )
}

function Pane({ className }: { className: string }) {
  return (
    <div className={`min-w-0 overflow-hidden border-line px-4 pt-12 ${className}`}>
      {lines.map((width) => (
        <div key={width} className="flex h-7 items-center">
          <Skeleton className={`h-3.5 max-w-full ${width}`} />
        </div>
      ))}
    </div>
  )
}
