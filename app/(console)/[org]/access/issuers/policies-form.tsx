'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { text } from '@/components/messages'
import { Field, SelectField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import type { IssuerSummary } from '@/lib/organizations/issuers'
import { savePolicies } from './actions'
import { presets, presetText } from './presets'

export interface PoliciesFormProps {
  organization: string
  issuer: IssuerSummary
  onClose: () => void
}

/** Policies as the JSON that the API takes too. */
export function PoliciesForm({ organization, issuer, onClose }: PoliciesFormProps) {
  const { id, policies: before, policiesVersion: version } = issuer
  const [policies, setPolicies] = useState(() => JSON.stringify(before, undefined, 2))
  const toast = useToast()
  const finish = () => {
    toast({ title: text.issuers.saved })
    onClose()
  }
  return (
    <ActionForm
      work={() => savePolicies({ organization, id, policies, version })}
      submit={text.issuers.save}
      after={finish}
      onCancel={onClose}
    >
      {(problem) => (
        <>
          <SelectField
            label={text.issuers.preset}
            options={[{ value: '', label: text.issuers.presetNone }, ...presets]}
            defaultValue=""
            onChange={(event) => setPolicies(presetText(event.target.value) ?? policies)}
          />
          <Field label={text.issuers.policies} hint={text.issuers.policiesHint} error={problem('policies')}>
            {(control) => (
              <textarea
                {...control}
                rows={14}
                spellCheck={false}
                className="w-full rounded border border-line-strong/60 bg-bg p-2 font-mono text-xs text-fg hover:border-line-strong aria-invalid:border-error"
                value={policies}
                onChange={(event) => setPolicies(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </ActionForm>
  )
}
