import Link from 'next/link'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'

export default function NotFound() {
  return (
    <main className="mx-auto flex max-w-lg flex-col items-start gap-3 px-4 py-16">
      <h1 className="text-lg font-semibold">{text.common.notFoundTitle}</h1>
      <p className="text-muted">{text.common.notFoundBody}</p>
      <Link href="/" className={buttonClass()}>
        {text.common.goHome}
      </Link>
    </main>
  )
}
