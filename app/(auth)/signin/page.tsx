import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { currentActor } from '@/app/session'
import { text } from '@/components/messages'
import { returnPath } from '@/lib/access/return-path'
import { config } from '@/lib/config'
import { needsSetup } from '@/lib/organizations/setup'
import { SignInForm } from './form'

export const metadata: Metadata = { title: text.auth.signIn }

interface Props {
  searchParams: Promise<{ returnTo?: string | string[]; error?: string | string[] }>
}

export default async function SignInPage({ searchParams }: Props) {
  const { returnTo, error } = await searchParams
  const path = returnPath(typeof returnTo === 'string' ? returnTo : undefined)
  if (await needsSetup()) redirect('/setup')
  if (await currentActor()) redirect(path)
  const { singleSignOn, passwordSignIn } = config()
  return (
    <>
      <h1 className="mb-5 text-lg font-semibold">{text.auth.signInTitle}</h1>
      <SignInForm
        returnTo={path}
        initialError={typeof error === 'string' ? error : undefined}
        providers={singleSignOn.map(({ id, name }) => ({ id, name }))}
        passwords={passwordSignIn}
      />
    </>
  )
}
