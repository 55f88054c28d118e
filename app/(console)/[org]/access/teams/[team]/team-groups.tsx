'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import { PartHeading, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { setGroups } from '../actions'
import type { TeamReference } from './team-members'

/** A provider of single sign-on, as the operator set it up. */
export interface ProviderChoice {
  name: string
  issuer: string
}

interface Group {
  issuer: string
  group: string
}

export interface TeamGroupsProps {
  reference: TeamReference
  groups: Group[]
  providers: ProviderChoice[]
  mayChange: boolean
}

export function TeamGroups({ reference, groups, providers, mayChange }: TeamGroupsProps) {
  const [busy, run] = useAction()
  const nameOf = (issuer: string) => providers.find((one) => one.issuer === issuer)?.name ?? issuer
  const without = ({ issuer, group }: Group) =>
    groups.filter((one) => one.issuer !== issuer || one.group !== group)
  const add = (
    <DialogButton label={text.teams.addGroup} button={{ size: 'sm' }} title={text.teams.addGroup}>
      {(close) => <AddGroup {...{ reference, groups, providers }} onClose={close} />}
    </DialogButton>
  )
  return (
    <section aria-label={text.teams.groups}>
      <PartHeading title={text.teams.groups} actions={mayChange && providers.length > 0 ? add : null} />
      {groups.length === 0 ? <p className="px-4 text-muted">{text.teams.groupsEmpty}</p> : null}
      {groups.length > 0 ? (
        <Rows label={text.teams.groups}>
          {groups.map((one) => (
            <Row key={JSON.stringify(one)}>
              <RowName>{one.group}</RowName>
              <span className="text-muted">{nameOf(one.issuer)}</span>
              {mayChange ? (
                <Button
                  look="ghost"
                  size="sm"
                  disabled={busy}
                  aria-label={text.teams.removeGroup(one.group)}
                  onClick={() => run({ work: () => setGroups({ ...reference, groups: without(one) }) })}
                >
                  {text.teams.remove}
                </Button>
              ) : null}
            </Row>
          ))}
        </Rows>
      ) : null}
    </section>
  )
}

interface AddGroupProps {
  reference: TeamReference
  groups: Group[]
  providers: ProviderChoice[]
  onClose: () => void
}

function AddGroup({ reference, groups, providers, onClose }: AddGroupProps) {
  const [issuer, setIssuer] = useState(providers[0]?.issuer ?? '')
  const [group, setGroup] = useState('')
  return (
    <ActionForm
      work={() => setGroups({ ...reference, groups: [...groups, { issuer, group: group.trim() }] })}
      submit={text.teams.addGroup}
      ready={group.trim() !== ''}
      after={onClose}
      onCancel={onClose}
    >
      {(problem) => (
        <>
          <SelectField
            label={text.teams.provider}
            options={providers.map(({ name, issuer }) => ({ value: issuer, label: name }))}
            value={issuer}
            onChange={(event) => setIssuer(event.target.value)}
          />
          <TextField
            label={text.teams.group}
            hint={text.teams.groupHint}
            maxLength={200}
            error={problem('group')}
            value={group}
            onChange={(event) => setGroup(event.target.value)}
          />
        </>
      )}
    </ActionForm>
  )
}
