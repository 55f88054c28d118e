'use client'

import { useState } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { CopyBlock, CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { awsTrust, parseRoleArn } from '@/lib/oidc/trust'

export interface Identity {
  issuer: string
  subject: string
  /** By prefix of the login provider. */
  audience: Record<string, string>
}

export interface IdentityPanelProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  identity: Identity
  /** The role that the definition names, when it names one. */
  roleArn?: string
}

/** What a cloud will be told when this environment is opened, and what it must be told beforehand. */
export function IdentityPanel({ open, onOpenChange, ...rest }: IdentityPanelProps) {
  return (
    <Dialog
      shape="sheet"
      size="lg"
      open={open}
      onOpenChange={onOpenChange}
      title={text.oidc.title}
      description={text.oidc.description}
    >
      <IdentityDetails {...rest} />
    </Dialog>
  )
}

type Details = Pick<IdentityPanelProps, 'identity' | 'roleArn'>

function IdentityDetails({ identity, roleArn }: Details) {
  const parsed = roleArn ? parseRoleArn(roleArn) : undefined
  const [accountId, setAccountId] = useState(parsed?.accountId ?? '')
  const [roleName, setRoleName] = useState(parsed?.roleName ?? '')
  const validAccount = /^\d{12}$/.test(accountId)
  const audience = identity.audience.aws ?? ''
  const trust = awsTrust({
    issuer: identity.issuer,
    subject: identity.subject,
    audience,
    ...(validAccount && { accountId }),
    ...(/^[\w+=,.@-]{1,64}$/.test(roleName) && { roleName }),
  })
  return (
    <div className="flex flex-col gap-5">
      {trust.publicIssuer ? null : (
        <Banner tone="warning" title={text.oidc.notPublic}>
          {text.oidc.notPublicBody(identity.issuer)}
        </Banner>
      )}
      <Claims issuer={identity.issuer} subject={identity.subject} audience={audience} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={text.oidc.accountId}
          hint={text.oidc.accountIdHint}
          error={accountId === '' || validAccount ? undefined : text.oidc.accountIdInvalid}
          mono
          inputMode="numeric"
          value={accountId}
          onChange={(event) => setAccountId(event.target.value.trim())}
        />
        <TextField
          label={text.oidc.roleName}
          mono
          placeholder="openesc"
          value={roleName}
          onChange={(event) => setRoleName(event.target.value.trim())}
        />
      </div>
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{text.oidc.policy}</h3>
        <CopyBlock value={trust.policy} label={text.oidc.copyPolicy} />
      </section>
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{text.oidc.commands}</h3>
        <CopyBlock value={trust.commands.join('\n')} label={text.oidc.copyCommands} />
        <p className="text-xs text-muted">{text.oidc.attachNote}</p>
      </section>
    </div>
  )
}

export interface ClaimsProps {
  issuer: string
  subject: string
  audience: string
}

export function Claims({ issuer, subject, audience }: ClaimsProps) {
  const rows = [
    { name: text.oidc.subject, value: subject, copy: text.oidc.copySubject },
    { name: text.oidc.audience, value: audience, copy: text.oidc.copyAudience },
    { name: text.oidc.issuer, value: issuer, copy: text.oidc.copyIssuer },
  ]
  return (
    <dl className="divide-y divide-line rounded border border-line">
      {rows.map(({ name, value, copy }) => (
        <div key={name} className="flex items-center gap-3 py-1 pr-1.5 pl-3">
          <dt className="w-18 shrink-0 text-muted">{name}</dt>
          <dd className="flex min-w-0 flex-1 items-center justify-between gap-2">
            <span className="min-w-0 font-mono text-xs break-all">{value}</span>
            <CopyButton value={value} label={copy} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
