'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { SelectField, TextField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { nextTime, parseCron } from '@/lib/rotation/cron'
import { addSchedule } from './actions'

export interface AddScheduleProps {
  reference: EnvironmentReference
  /** What rotates. */
  paths: string[]
}

export function AddSchedule(props: AddScheduleProps) {
  return (
    <DialogButton label={text.rotation.add} title={text.rotation.add}>
      {(close) => <ScheduleForm {...props} onDone={close} />}
    </DialogButton>
  )
}

const kinds = (['cron', 'once'] as const).map((value) => ({ value, label: text.rotation.kinds[value] }))

function ScheduleForm({ reference, paths, onDone }: AddScheduleProps & { onDone: () => void }) {
  const toast = useToast()
  const [path, setPath] = useState('')
  const [kind, setKind] = useState<'cron' | 'once'>('cron')
  const [cron, setCron] = useState('0 3 * * 1')
  const [once, setOnce] = useState('')
  const next = kind === 'cron' ? nextOfCron(cron) : nextOfOnce(once)
  const { organization, project, name } = reference
  const timing = kind === 'cron' ? { cron } : { once: next?.toISOString() ?? '' }
  const after = () => {
    toast({ title: text.rotation.added })
    onDone()
  }
  return (
    <ActionForm
      work={() => addSchedule({ organization, project, name, path, ...timing })}
      submit={text.rotation.add}
      ready={next !== undefined}
      after={after}
      onCancel={onDone}
    >
      {(problem) => (
        <>
          <SelectField
            label={text.rotation.what}
            options={[
              { value: '', label: text.rotation.everything },
              ...paths.map((value) => ({ value, label: value })),
            ]}
            value={path}
            onChange={(event) => setPath(event.target.value)}
          />
          <SelectField
            label={text.rotation.when}
            options={kinds}
            value={kind}
            onChange={(event) => setKind(event.target.value === 'once' ? 'once' : 'cron')}
          />
          {kind === 'cron' ? (
            <TextField
              label={text.rotation.cron}
              mono
              hint={text.rotation.cronHint}
              error={problem('scheduleCron')}
              value={cron}
              onChange={(event) => setCron(event.target.value)}
            />
          ) : (
            <TextField
              label={text.rotation.once}
              type="datetime-local"
              hint={text.rotation.onceHint}
              error={problem('scheduleOnce')}
              value={once}
              onChange={(event) => setOnce(event.target.value)}
            />
          )}
          <p role="status" className="text-muted">
            {next ? text.rotation.nextRun(next.toLocaleString()) : text.rotation.noRun}
          </p>
        </>
      )}
    </ActionForm>
  )
}

function nextOfCron(expression: string): Date | undefined {
  const parsed = parseCron(expression)
  return parsed && nextTime(parsed, new Date())
}

function nextOfOnce(local: string): Date | undefined {
  const at = new Date(local)
  return at.getTime() > Date.now() ? at : undefined
}
