'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { ChoiceList } from '@/components/access/choice-list'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { SelectField, TextField } from '@/components/ui/field'
import { Switch } from '@/components/ui/switch'
import { useToast } from '@/components/ui/toast'
import type { WebhookPlace } from '@/lib/webhooks/place'
import type { WebhookSummary } from '@/lib/webhooks/webhooks'
import type { WebhookInput, WebhookSite } from './site'

const formats = (['raw', 'slack', 'ms_teams', 'pulumi_deployments'] as const).map((value) => ({
  value,
  label: text.webhooks.formats[value],
}))

const groups = (['environments', 'change_requests'] as const).map((value) => ({
  value,
  label: text.webhooks.groups[value],
}))

const filters = [
  'environment_created',
  'environment_deleted',
  'environment_revision_created',
  'environment_revision_retracted',
  'environment_revision_tag_created',
  'environment_revision_tag_updated',
  'environment_revision_tag_deleted',
  'environment_tag_created',
  'environment_tag_updated',
  'environment_tag_deleted',
  'environment_rotation_succeeded',
  'environment_rotation_failed',
  'imported_environment_changed',
].map((value) => ({ value, label: value }))

export interface EditWebhookProps<P extends WebhookPlace> {
  site: WebhookSite<P>
  /** Absent = a new one. */
  webhook?: WebhookSummary
}

export function EditWebhook<P extends WebhookPlace>({ site, webhook }: EditWebhookProps<P>) {
  return (
    <DialogButton
      label={webhook ? text.webhooks.edit : text.webhooks.add}
      title={webhook ? text.webhooks.editTitle : text.webhooks.addTitle}
      button={webhook ? {} : { look: 'primary', icon: <Plus aria-hidden className="size-4" /> }}
      size="lg"
    >
      {(close) => <WebhookForm site={site} onDone={close} {...(webhook && { webhook })} />}
    </DialogButton>
  )
}

type Fields = Omit<WebhookInput, 'webhook'>

const fresh: Fields = {
  displayName: '',
  payloadUrl: '',
  format: 'raw',
  filters: [],
  groups: [],
  active: true,
  secret: '',
  removeSecret: false,
}

function fieldsOf(webhook: WebhookSummary | undefined): Fields {
  if (!webhook) return fresh
  const { displayName, payloadUrl, filters, groups, active } = webhook
  const format = formats.find(({ value }) => value === webhook.format)?.value ?? 'raw'
  return { ...fresh, displayName, payloadUrl, filters, groups, active, format }
}

interface WebhookFormProps<P extends WebhookPlace> extends EditWebhookProps<P> {
  onDone: () => void
}

function WebhookForm<P extends WebhookPlace>({ site, webhook, onDone }: WebhookFormProps<P>) {
  const [fields, setFields] = useState(fieldsOf(webhook))
  const toast = useToast()
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change })
  const { place, save } = site
  const after = () => {
    toast({ title: text.webhooks.saved })
    onDone()
  }
  return (
    <ActionForm
      work={() => save({ ...place, ...fields, ...(webhook && { webhook: webhook.name }) })}
      submit={text.webhooks.save}
      ready={fields.displayName.trim() !== '' && fields.payloadUrl.trim() !== ''}
      after={after}
      onCancel={onDone}
    >
      {(problem) => (
        <>
          <Target fields={fields} set={set} problem={problem} ofOrganization={place.project === undefined} />
          <Signing fields={fields} set={set} hasSecret={webhook?.hasSecret ?? false} />
          <ChoiceList
            label={text.webhooks.events}
            hint={text.webhooks.eventsHint}
            options={groups}
            chosen={fields.groups}
            onChange={(chosen) => set({ groups: chosen })}
          />
          <ChoiceList
            label={text.webhooks.filters}
            options={filters}
            columns={2}
            chosen={fields.filters}
            onChange={(chosen) => set({ filters: chosen })}
          />
          <Switch
            label={text.webhooks.active}
            checked={fields.active}
            onChange={(active) => set({ active })}
          />
        </>
      )}
    </ActionForm>
  )
}

interface PartProps {
  fields: Fields
  set: (change: Partial<Fields>) => void
}

interface TargetProps extends PartProps {
  problem: (field: string) => string | undefined
  /** An organization has no deployments. */
  ofOrganization: boolean
}

function Target({ fields, set, problem, ofOrganization }: TargetProps) {
  return (
    <>
      <TextField
        label={text.webhooks.name}
        error={problem('displayName')}
        autoFocus
        required
        maxLength={100}
        value={fields.displayName}
        onChange={(event) => set({ displayName: event.target.value })}
      />
      <SelectField
        label={text.webhooks.format}
        options={ofOrganization ? formats.filter(({ value }) => value !== 'pulumi_deployments') : formats}
        value={fields.format}
        onChange={(event) =>
          set({ format: formats.find(({ value }) => value === event.target.value)?.value ?? 'raw' })
        }
      />
      <TextField
        label={text.webhooks.url}
        mono
        hint={ofOrganization ? text.webhooks.urlHintOrganization : text.webhooks.urlHint}
        error={problem('payloadUrl')}
        required
        value={fields.payloadUrl}
        onChange={(event) => set({ payloadUrl: event.target.value })}
      />
    </>
  )
}

function Signing({ fields, set, hasSecret }: PartProps & { hasSecret: boolean }) {
  return (
    <>
      <TextField
        label={text.webhooks.secret}
        type="password"
        autoComplete="off"
        hint={hasSecret ? text.webhooks.secretKeep : text.webhooks.secretHint}
        disabled={fields.removeSecret}
        value={fields.secret}
        onChange={(event) => set({ secret: event.target.value })}
      />
      {hasSecret ? (
        <Switch
          label={text.webhooks.removeSecret}
          checked={fields.removeSecret}
          onChange={(removeSecret) => set({ removeSecret })}
        />
      ) : null}
    </>
  )
}
