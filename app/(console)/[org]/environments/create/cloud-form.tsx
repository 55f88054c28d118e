'use client'

import { text } from '@/components/messages'
import { Claims } from '@/components/oidc/identity-panel'
import { Banner } from '@/components/ui/banner'
import { CopyBlock } from '@/components/ui/copy-button'
import { TextField } from '@/components/ui/field'
import { type CloudField, cloudFields, fieldValue, isValid } from './cloud-definition'
import { cloudTrust, type FutureIdentity, futureSubject } from './cloud-trust'
import type { Cloud, CloudFields } from './draft'

export interface CloudFormProps {
  cloud: Cloud
  fields: CloudFields
  onChange: (fields: CloudFields) => void
  identity: FutureIdentity
}

/** What the login needs to know, and what the cloud has to be told so that it accepts this environment. */
export function CloudForm({ cloud, fields, onChange, identity }: CloudFormProps) {
  const trust = cloudTrust(cloud, identity, fields)
  return (
    <section className="flex flex-col gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {cloudFields[cloud].map((field) => (
          <CloudTextField key={field.name} field={field} fields={fields} onChange={onChange} />
        ))}
      </div>
      {trust.publicIssuer ? null : (
        <Banner tone="warning" title={text.create.notPublic[cloud]}>
          {text.create.notPublicBody(identity.issuer)}
        </Banner>
      )}
      <details className="rounded border border-line">
        <summary className="px-3 py-2 font-semibold">{text.create.trust[cloud]}</summary>
        <div className="flex flex-col gap-3 border-t border-line p-3">
          <Claims issuer={identity.issuer} {...futureSubject(cloud, identity)} />
          <CopyBlock value={trust.policy} label={text.oidc.copyPolicy} />
          <CopyBlock value={trust.commands.join('\n')} label={text.oidc.copyCommands} />
        </div>
      </details>
    </section>
  )
}

type CloudTextFieldProps = Pick<CloudFormProps, 'fields' | 'onChange'> & { field: CloudField }

function CloudTextField({ field, fields, onChange }: CloudTextFieldProps) {
  const value = fieldValue(field, fields)
  const wrong = value !== '' && !isValid(field, fields)
  return (
    <TextField
      label={text.create.fields[field.name] ?? field.name}
      mono
      autoComplete="off"
      spellCheck={false}
      placeholder={field.example}
      value={value}
      error={wrong ? text.create.wrongField(field.example) : undefined}
      onChange={(event) => onChange({ ...fields, [field.name]: event.target.value.trim() })}
    />
  )
}
