'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { SelectField, TextField } from '@/components/ui/field'
import type { PolicyDecision, PolicyTrace, Wanted } from '@/lib/organizations/exchange/policies'
import { test } from './actions'

const kinds = ['organization', 'organizationAdmin', 'team', 'personal'] as const

type Kind = (typeof kinds)[number]

const kindOptions = kinds.map((value) => ({ value, label: text.issuers.wantedKinds[value] }))

function wantedOf(kind: Kind, name: string): Wanted {
  switch (kind) {
    case 'organization':
    case 'organizationAdmin':
      return { tokenType: 'organization', admin: kind === 'organizationAdmin' }
    case 'team':
      return { tokenType: kind, team: name }
    case 'personal':
      return { tokenType: kind, login: name }
  }
}

/** Which policy would decide about a pasted token, and why. */
export function Tester({ organization, id }: { organization: string; id: string }) {
  const [token, setToken] = useState('')
  const [kind, setKind] = useState<Kind>('organization')
  const [name, setName] = useState('')
  const [decision, setDecision] = useState<PolicyDecision>()
  const needsName = kind === 'team' || kind === 'personal'
  return (
    <div className="flex flex-col gap-4">
      <ActionForm
        work={() => test({ organization, id, token: token.trim(), wanted: wantedOf(kind, name) })}
        submit={text.issuers.test}
        ready={token.trim() !== '' && (!needsName || name !== '')}
        after={setDecision}
      >
        {(problem) => (
          <>
            <TextField
              label={text.issuers.testToken}
              hint={text.issuers.testBody}
              error={problem('token')}
              mono
              autoFocus
              autoComplete="off"
              value={token}
              onChange={(event) => setToken(event.target.value)}
            />
            <SelectField
              label={text.issuers.wanted}
              options={kindOptions}
              value={kind}
              onChange={(event) =>
                setKind(kinds.find((candidate) => candidate === event.target.value) ?? 'organization')
              }
            />
            {needsName ? (
              <TextField
                label={kind === 'team' ? text.issuers.team : text.issuers.login}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            ) : null}
          </>
        )}
      </ActionForm>
      {decision ? <Decision decision={decision} /> : null}
    </div>
  )
}

function Decision({ decision }: { decision: PolicyDecision }) {
  return (
    <Banner tone={decision.allowed ? 'info' : 'warning'}>
      <p className="font-semibold">
        {decision.allowed ? text.issuers.allowed(decision.policy.id) : text.issuers.refused(decision.reason)}
      </p>
      <ul>
        {decision.trace.map((trace) => (
          <li key={trace.policyId}>
            <span className="font-mono">{trace.policyId}</span> ({trace.decision}): {traceText(trace)}
          </li>
        ))}
      </ul>
    </Banner>
  )
}

function traceText({ applies, unmatched }: PolicyTrace): string {
  if (!applies) return text.issuers.notAbout
  return unmatched.length > 0 ? text.issuers.claimsUnmatched(unmatched.join(', ')) : text.issuers.matches
}
