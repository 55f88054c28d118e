'use client'

import { Confirm } from '@/components/access/confirm'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { Badge } from '@/components/ui/badge'
import type { GateSummary } from '@/lib/approvals/gates'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { Section } from '../section'
import { removeGate } from './actions'
import { approverName } from './approver-list'
import { GateForm } from './gate-form'

export interface GateListProps {
  reference: EnvironmentReference
  gates: GateSummary[]
  mayChange: boolean
}

/** What needs approval here, and by whom. */
export function GateList({ reference, gates, mayChange }: GateListProps) {
  return (
    <Section title={text.gates.title} body={gates.length === 0 ? text.gates.empty : text.gates.body}>
      {gates.length > 0 ? (
        <ul aria-label={text.gates.title} className="flex flex-col gap-2">
          {gates.map((gate) => (
            <GateItem key={gate.id} gate={gate} reference={reference} mayChange={mayChange} />
          ))}
        </ul>
      ) : null}
      {mayChange ? (
        <div>
          <DialogButton label={text.gates.add} title={text.gates.addTitle} size="lg">
            {(close) => <GateForm reference={reference} onDone={close} />}
          </DialogButton>
        </div>
      ) : null}
    </Section>
  )
}

interface GateItemProps {
  gate: GateSummary
  reference: EnvironmentReference
  mayChange: boolean
}

function GateItem({ gate, reference, mayChange }: GateItemProps) {
  const { title, enabled, actions, approvalsRequired, approvers } = gate
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded border border-line px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-semibold">{title}</span>
          {actions.map((action) => (
            <Badge key={action}>{text.gates.actionNames[action]}</Badge>
          ))}
          {enabled ? null : <Badge>{text.gates.off}</Badge>}
        </p>
        <p className="text-muted">
          {text.gates.needs(approvalsRequired)}: {approvers.map(approverName).join(', ')}
        </p>
      </div>
      {mayChange ? (
        <div className="flex items-center gap-2">
          <DialogButton
            label={text.gates.edit}
            accessibleName={text.gates.editNamed(title)}
            button={{ size: 'sm' }}
            title={text.gates.editTitle}
            size="lg"
          >
            {(close) => <GateForm reference={reference} gate={gate} onDone={close} />}
          </DialogButton>
          <DialogButton
            label={text.gates.remove}
            accessibleName={text.gates.removeNamed(title)}
            button={{ size: 'sm', look: 'danger' }}
            title={text.gates.removeTitle}
            description={text.gates.removeBody}
          >
            {(close) => (
              <Confirm
                work={() => removeGate({ organization: reference.organization, id: gate.id })}
                submit={text.gates.remove}
                done={() => text.gates.removed}
                onClose={close}
              />
            )}
          </DialogButton>
        </div>
      ) : null}
    </li>
  )
}
