'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { reasonText } from '@/components/access/reasons'
import { PartHeading } from '@/components/access/rows'
import { text } from '@/components/messages'
import { SelectField } from '@/components/ui/field'
import type { EnvironmentReference } from '@/lib/environments/reference'
import type { Explanation, LevelAnswer } from '@/lib/organizations/explain'
import { ask } from './actions'
import { type Holders, holderOf, holderOptions } from './holders'

export interface WhyProps {
  reference: EnvironmentReference
  holders: Holders
}

/** For a person, a team, a role or a token: yes or no per level, through which grant, and what of the imports they may open. */
export function Why({ reference, holders }: WhyProps) {
  const options = [
    ...holderOptions(holders),
    ...holders.roles.map(({ id, name }) => ({ value: `role:${id}`, label: text.grants.role(name) })),
    ...holders.tokens.map(({ id, name }) => ({ value: `token:${id}`, label: text.grants.token(name) })),
  ]
  const [chosen, setChosen] = useState(options[0]?.value ?? '')
  const [answer, setAnswer] = useState<Explanation>()
  const choose = (value: string) => {
    setChosen(value)
    setAnswer(undefined)
  }
  return (
    <section aria-label={text.grants.askTitle}>
      <PartHeading title={text.grants.askTitle} />
      <div className="flex max-w-2xl flex-col gap-3 px-4">
        <p className="text-muted">{text.grants.askBody}</p>
        <ActionForm
          work={() => ask({ ...reference, subject: subjectOf(chosen) })}
          submit={text.grants.ask}
          look="secondary"
          ready={chosen !== ''}
          after={setAnswer}
        >
          {() => (
            <SelectField
              label={text.grants.subject}
              options={options}
              value={chosen}
              onChange={(event) => choose(event.target.value)}
            />
          )}
        </ActionForm>
        <div role="status">{answer ? <Answer answer={answer} /> : null}</div>
      </div>
    </section>
  )
}

function subjectOf(value: string) {
  if (value.startsWith('role:')) return { roleId: value.slice('role:'.length) }
  return value.startsWith('token:') ? { tokenId: value.slice('token:'.length) } : holderOf(value)
}

function Answer({ answer: { levels, imports, canOpen } }: { answer: Explanation }) {
  return (
    <div className="flex flex-col gap-3">
      <ul className="rounded border border-line">
        {levels.map((level) => (
          <LevelLine key={level.level} answer={level} />
        ))}
      </ul>
      {imports.length > 0 ? (
        <div>
          <h3 className="text-xs text-muted">{text.grants.imports}</h3>
          <ul>
            {imports.map(({ environment, canOpen }, at) => (
              <li key={environment ?? `hidden ${at}`}>
                {importText(environment ?? text.grants.hiddenImport, canOpen)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p className="font-semibold">{canOpen ? text.grants.canOpen : text.grants.cannotOpen}</p>
    </div>
  )
}

function importText(name: string, canOpen: boolean): string {
  return canOpen ? text.grants.importAllowed(name) : text.grants.importDenied(name)
}

function LevelLine({ answer: { level, allowed, through } }: { answer: LevelAnswer }) {
  const reasons = [...new Set(through.map(reasonText))].join(', ')
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-3 py-1.5 last:border-b-0">
      <span className="w-12 font-semibold">{text.access.levels[level]}</span>
      <span className={allowed ? 'w-8 text-ok' : 'w-8 text-error'}>
        {allowed ? text.grants.allowed : text.grants.denied}
      </span>
      <span className="min-w-0 flex-1 text-muted">{allowed ? reasons : text.grants.noGrant}</span>
    </li>
  )
}
