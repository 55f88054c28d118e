'use client'

import { Fact, PartHeading, Row, RowName, Rows } from '@/components/access/rows'
import { Select } from '@/components/access/select'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { EnvironmentReference } from '@/lib/environments/reference'
import type { EnvironmentGrantSummary, GrantHolder } from '@/lib/organizations/environment-access'
import { give, take } from './actions'
import { type GivenLevel, holderName, levelOf, levelOptions, limitOf, limitOptions } from './holders'

export interface GrantListProps {
  reference: EnvironmentReference
  grants: EnvironmentGrantSummary[]
  mayChange: boolean
}

export function GrantList({ reference, grants, mayChange }: GrantListProps) {
  return (
    <section aria-label={text.grants.direct}>
      <PartHeading title={text.grants.direct} />
      {grants.length === 0 ? (
        <p className="px-4 text-muted">{text.grants.directEmpty}</p>
      ) : (
        <Rows label={text.grants.direct}>
          {grants.map((grant) => (
            <Row key={grant.id}>
              <RowName>
                <span className="font-semibold">{holderName(grant)}</span>
              </RowName>
              {mayChange ? (
                <GrantControls reference={reference} grant={grant} />
              ) : (
                <GrantFacts grant={grant} />
              )}
            </Row>
          ))}
        </Rows>
      )}
    </section>
  )
}

function GrantFacts({ grant }: { grant: EnvironmentGrantSummary }) {
  const { level, maxOpenDurationSeconds: limit } = grant
  return (
    <>
      <Fact>{text.access.levels[level]}</Fact>
      <Fact label={text.grants.limit}>
        {limit === undefined ? text.grants.limitNone : text.grants.limitMinutes(Math.round(limit / 60))}
      </Fact>
    </>
  )
}

interface GrantControlsProps {
  reference: EnvironmentReference
  grant: EnvironmentGrantSummary
}

function GrantControls({ reference, grant }: GrantControlsProps) {
  const [busy, run] = useAction()
  const who = holderName(grant)
  const holder: GrantHolder = 'team' in grant ? { team: grant.team } : { login: grant.login }
  const { maxOpenDurationSeconds: limit } = grant
  const set = (level: GivenLevel, seconds: string) =>
    run({
      work: () => give({ ...reference, holder, level, ...limitOf(seconds) }),
      done: () => text.grants.saved(who),
    })
  const remove = () =>
    run({ work: () => take({ ...reference, holder }), done: () => text.grants.removed(who) })
  return (
    <>
      <Select
        label={text.grants.levelOf(who)}
        options={levelOptions}
        value={grant.level}
        disabled={busy}
        onChange={(event) => set(levelOf(event.target.value), String(limit ?? ''))}
      />
      <Select
        label={text.grants.limitOf(who)}
        options={limitOptions(limit)}
        value={String(limit ?? '')}
        disabled={busy}
        onChange={(event) => set(grant.level, event.target.value)}
      />
      <Button
        look="ghost"
        size="sm"
        disabled={busy}
        aria-label={text.grants.removeNamed(who)}
        onClick={remove}
      >
        {text.grants.remove}
      </Button>
    </>
  )
}
