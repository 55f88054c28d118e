import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { text } from '@/components/messages'
import { needsSetup } from '@/lib/organizations/setup'
import { SetUpForm } from './form'

export const metadata: Metadata = { title: text.auth.setUp }

export default async function SetUpPage() {
  if (!(await needsSetup())) redirect('/signin')
  return (
    <>
      <h1 className="text-lg font-semibold">{text.auth.setUpTitle}</h1>
      <p className="mt-1 mb-5 text-muted">{text.auth.setUpBody}</p>
      <SetUpForm />
    </>
  )
}
