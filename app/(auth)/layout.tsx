import type { ReactNode } from 'react'
import { text } from '@/components/messages'
import { Logo } from '@/components/ui/logo'

/** Pages for who is not signed in yet: one narrow column. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center bg-raised px-4 py-10 sm:py-16">
      <header className="mb-6 flex items-center gap-2">
        <Logo className="size-6" />
        <span className="text-lg font-semibold">{text.common.productName}</span>
      </header>
      <main className="w-full max-w-sm rounded-md border border-line bg-bg p-5 sm:p-6">{children}</main>
    </div>
  )
}
