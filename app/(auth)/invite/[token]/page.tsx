import type { Metadata } from 'next'
import Link from 'next/link'
import { currentActor } from '@/app/session'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'
import type { OrganizationRole } from '@/lib/access/scopes'
import { previewInvitation } from '@/lib/organizations/invitations'
import { AcceptForm } from './accept-form'
import { RegisterForm } from './register-form'

/** The link is a secret: no other page is told where its visitor came from. */
export const metadata: Metadata = { title: text.members.invitations, referrer: 'no-referrer' }

interface Props {
  params: Promise<{ token: string }>
}

/** Where the link of an invitation leads: accept as who is signed in, or become a person first. */
export default async function InvitationPage({ params }: Props) {
  const { token: secret } = await params
  const invitation = await previewInvitation(secret)
  if (!invitation) return <Ended />
  const actor = await currentActor()
  const person = actor?.principal.kind === 'person' ? actor.principal : undefined
  const { organization, role, email } = invitation
  return (
    <>
      <h1 className="text-lg font-semibold">{text.members.acceptTitle(organization)}</h1>
      <p className="mt-1 mb-5 text-muted">
        {text.members.acceptBody(roleName(role))} {email ? text.members.acceptFor(email) : null}{' '}
        {person ? text.members.acceptAs(person.login) : null}
      </p>
      {person ? <AcceptForm secret={secret} /> : <RegisterForm secret={secret} email={email ?? ''} />}
      {person ? null : (
        <Link
          href={`/signin?${new URLSearchParams({ returnTo: `/invite/${secret}` })}`}
          className={`${buttonClass('ghost')} mt-3 w-full`}
        >
          {text.members.acceptSignIn}
        </Link>
      )}
    </>
  )
}

function Ended() {
  return (
    <>
      <h1 className="text-lg font-semibold">{text.members.acceptEnded}</h1>
      <p className="mt-1 mb-5 text-muted">{text.members.acceptEndedBody}</p>
      <Link href="/" className={buttonClass()}>
        {text.common.goHome}
      </Link>
    </>
  )
}

/** The words of a built-in role; a custom one is called as it is. */
function roleName(role: string): string {
  const names: Record<OrganizationRole, string> = text.access.roleNames
  const found = Object.entries(names).find(([name]) => name === role)
  return found?.[1] ?? role
}
