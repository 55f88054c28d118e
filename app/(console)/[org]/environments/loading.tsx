import { text } from '@/components/messages'
import { Skeleton } from '@/components/ui/states'

const rows = ['a', 'b', 'c', 'd', 'e', 'f']

export default function Loading() {
  return (
    <div role="status" aria-label={text.common.loading}>
      <div className="flex h-12 items-center border-b border-line px-4">
        <Skeleton className="h-5 w-32" />
      </div>
      {rows.map((row) => (
        <div key={row} className="flex h-8 items-center gap-6 px-4">
          <Skeleton className="h-3.5 w-40" />
          <Skeleton className="h-3.5 w-24" />
        </div>
      ))}
    </div>
  )
}
