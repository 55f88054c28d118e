'use client'

import { DeleteButton } from '@/components/access/delete-button'
import { DialogButton } from '@/components/access/dialog-button'
import { Fact, Row, RowActions, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import type { IssuerSummary } from '@/lib/organizations/issuers'
import { remove } from './actions'
import { PoliciesForm } from './policies-form'
import { Tester } from './tester'

export interface IssuerListProps {
  organization: string
  issuers: IssuerSummary[]
  may: { test: boolean; write: boolean; delete: boolean }
}

export function IssuerList({ organization, issuers, may }: IssuerListProps) {
  return (
    <Rows label={text.issuers.title}>
      {issuers.map((issuer) => (
        <Row key={issuer.id}>
          <IssuerFacts issuer={issuer} />
          <RowActions>
            {may.test ? <TestButton organization={organization} issuer={issuer} /> : null}
            {may.write ? <PoliciesButton organization={organization} issuer={issuer} /> : null}
            {may.delete ? (
              <DeleteButton
                name={issuer.name}
                body={text.issuers.deleteBody}
                work={() => remove({ organization, id: issuer.id })}
              />
            ) : null}
          </RowActions>
        </Row>
      ))}
    </Rows>
  )
}

function IssuerFacts({ issuer }: { issuer: IssuerSummary }) {
  const { name, url, policies, warnings, maxExpirationSeconds, lastUsedAt } = issuer
  return (
    <>
      <RowName>
        <span className="font-semibold">{name}</span>
        <span className="block truncate font-mono text-xs text-muted">{url}</span>
      </RowName>
      <Fact>
        {text.issuers.policiesCount(policies.length)}
        {warnings.map((warning) => (
          <span key={warning} className="block text-xs text-warning">
            {warning}
          </span>
        ))}
      </Fact>
      <Fact label={text.issuers.longest}>{text.issuers.hours(maxExpirationSeconds)}</Fact>
      <Fact label={text.issuers.lastUsed}>{lastUsedAt ? <Ago at={lastUsedAt} /> : text.common.never}</Fact>
    </>
  )
}

interface IssuerButtonProps {
  organization: string
  issuer: IssuerSummary
}

const small = { look: 'ghost', size: 'sm' } as const

function TestButton({ organization, issuer: { id, name } }: IssuerButtonProps) {
  const title = text.issuers.testOf(name)
  return (
    <DialogButton label={text.issuers.test} accessibleName={title} button={small} title={title} size="lg">
      {() => <Tester organization={organization} id={id} />}
    </DialogButton>
  )
}

function PoliciesButton({ organization, issuer }: IssuerButtonProps) {
  const title = text.issuers.editPoliciesOf(issuer.name)
  return (
    <DialogButton
      label={text.issuers.editPolicies}
      accessibleName={title}
      button={small}
      title={title}
      size="lg"
    >
      {(close) => <PoliciesForm organization={organization} issuer={issuer} onClose={close} />}
    </DialogButton>
  )
}
