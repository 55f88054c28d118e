'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { text } from '@/components/messages'
import { SelectField, TextField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import type { OrganizationSettings } from '@/lib/organizations/settings'
import { save } from './actions'

const permissions = ['none', 'read', 'open', 'write'] as const

const permissionOptions = permissions.map((level) => ({
  value: level,
  label: `${text.access.levels[level]} – ${text.access.levelsMean[level]}`,
}))

const identityTokenOptions = [
  { value: 'off', label: text.organization.identityTokensOff },
  { value: 'on', label: text.organization.identityTokensOn },
]

const usualLifetimes = [7, 30, 90, 365]

function lifetimeOptions(current: number | undefined) {
  const all = current === undefined || usualLifetimes.includes(current) ? [] : [current]
  return [
    { value: '', label: text.organization.maxTokenLifetimeNone },
    ...[...usualLifetimes, ...all].map((days) => ({
      value: String(days),
      label: text.organization.maxTokenLifetimeDays(days),
    })),
  ]
}

export function SettingsForm({ settings }: { settings: OrganizationSettings }) {
  const [displayName, setDisplayName] = useState(settings.displayName)
  const [permission, setPermission] = useState(settings.defaultPermission)
  const [days, setDays] = useState(String(settings.maxTokenLifetimeDays ?? ''))
  const [identityTokens, setIdentityTokens] = useState(settings.identityTokens)
  const toast = useToast()
  const work = () =>
    save({
      organization: settings.name,
      displayName,
      defaultPermission: permission,
      maxTokenLifetimeDays: days === '' ? null : Number(days),
      identityTokens,
    })
  return (
    <ActionForm
      work={work}
      submit={text.organization.save}
      after={() => toast({ title: text.organization.saved })}
    >
      {(problem) => (
        <>
          <TextField
            label={text.organization.displayName}
            error={problem('displayName')}
            maxLength={100}
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
          />
          <SelectField
            label={text.organization.defaultPermission}
            hint={text.organization.defaultPermissionBody}
            options={permissionOptions}
            value={permission}
            onChange={(event) =>
              setPermission(permissions.find((level) => level === event.target.value) ?? 'none')
            }
          />
          <SelectField
            label={text.organization.maxTokenLifetime}
            hint={text.organization.maxTokenLifetimeBody}
            options={lifetimeOptions(settings.maxTokenLifetimeDays)}
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
          <SelectField
            label={text.organization.identityTokens}
            hint={text.organization.identityTokensBody}
            options={identityTokenOptions}
            value={identityTokens ? 'on' : 'off'}
            onChange={(event) => setIdentityTokens(event.target.value === 'on')}
          />
        </>
      )}
    </ActionForm>
  )
}
