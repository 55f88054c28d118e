'use client'

import { useState } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { CopyBlock, CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { SelectField, TextField } from '@/components/ui/field'
import { parseRoleArn, placeholderAccount, placeholderRole, type TrustInstructions } from '@/lib/oidc/trust'
import { trustFor } from '@/lib/oidc/trust-for'

export interface Identity {
  issuer: string
  subject: string
  /** By prefix of the login provider. */
  audience: Record<string, string>
  /** Of tokens that the definition asks for itself. */
  v2: { issuer: string; subject: string }
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
  const [service, setService] = useState('aws')
  const [role, setRole] = useState(roleArn ?? '')
  const { issuer, subject } = identity
  const audience = identity.audience[service] ?? ''
  const trust = trustFor({ issuer, subject, audience }, { roleArn: role })
  const services = Object.keys(identity.audience)
  return (
    <div className="flex flex-col gap-5">
      {trust && !trust.publicIssuer ? (
        <Banner tone="warning" title={text.oidc.notPublic}>
          {text.oidc.notPublicBody(issuer)}
        </Banner>
      ) : null}
      <SelectField
        label={text.oidc.service}
        options={services.map((value) => ({ value, label: text.oidc.services[value] ?? value }))}
        value={service}
        onChange={(event) => setService(event.target.value)}
      />
      <Claims issuer={issuer} subject={subject} audience={audience} />
      {service === 'aws' ? <RoleFields roleArn={role} onChange={setRole} /> : null}
      {trust ? <TrustDetails trust={trust} /> : null}
      {service === 'aws' ? <p className="text-xs text-muted">{text.oidc.attachNote}</p> : null}
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{text.oidc.byId}</h3>
        <p className="text-xs text-muted">{text.oidc.byIdBody}</p>
        <Claims {...identity.v2} />
      </section>
    </div>
  )
}

function TrustDetails({ trust }: { trust: TrustInstructions }) {
  return (
    <>
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{text.oidc.policy}</h3>
        <CopyBlock value={trust.policy} label={text.oidc.copyPolicy} />
      </section>
      {trust.commands.length === 0 ? null : (
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">{text.oidc.commands}</h3>
          <CopyBlock value={trust.commands.join('\n')} label={text.oidc.copyCommands} />
        </section>
      )}
    </>
  )
}

/** Account and role of AWS, kept together as the ARN that they make. */
function RoleFields({ roleArn, onChange }: { roleArn: string; onChange: (roleArn: string) => void }) {
  const parsed = parseRoleArn(roleArn)
  const [accountId, setAccountId] = useState(parsed?.accountId ?? '')
  const [roleName, setRoleName] = useState(parsed?.roleName ?? '')
  const validAccount = /^\d{12}$/.test(accountId)
  const change = (account: string, name: string) => {
    setAccountId(account)
    setRoleName(name)
    const known = /^\d{12}$/.test(account) ? account : placeholderAccount
    const valid = /^[\w+=,.@-]{1,64}$/.test(name) ? name : placeholderRole
    onChange(`arn:aws:iam::${known}:role/${valid}`)
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label={text.oidc.accountId}
        hint={text.oidc.accountIdHint}
        error={accountId === '' || validAccount ? undefined : text.oidc.accountIdInvalid}
        mono
        inputMode="numeric"
        value={accountId}
        onChange={(event) => change(event.target.value.trim(), roleName)}
      />
      <TextField
        label={text.oidc.roleName}
        mono
        placeholder={placeholderRole}
        value={roleName}
        onChange={(event) => change(accountId, event.target.value.trim())}
      />
    </div>
  )
}

export interface ClaimsProps {
  issuer: string
  subject: string
  audience?: string
}

export function Claims({ issuer, subject, audience }: ClaimsProps) {
  const rows = [
    { name: text.oidc.subject, value: subject, copy: text.oidc.copySubject },
    ...(audience === undefined
      ? []
      : [{ name: text.oidc.audience, value: audience, copy: text.oidc.copyAudience }]),
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
