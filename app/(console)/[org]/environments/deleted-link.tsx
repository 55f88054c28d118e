import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'

export function DeletedLink({ organization }: { organization: string }) {
  return (
    <Link
      href={`/${organization}/environments/deleted`}
      aria-label={text.settings.deletedLink}
      title={text.settings.deletedLink}
      className={buttonClass('ghost', 'sm')}
    >
      <Trash2 aria-hidden className="size-3.5" />
    </Link>
  )
}
