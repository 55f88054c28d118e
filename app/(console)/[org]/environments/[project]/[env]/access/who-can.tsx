import Link from 'next/link'
import { reasonsOf } from '@/components/access/reasons'
import { Fact, PartHeading, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'
import type { AccessEntry } from '@/lib/organizations/who-has-access'

/** Every member who may do something here, whatever it comes through. */
export function WhoCan({ members, next }: { members: AccessEntry[]; next: string | undefined }) {
  return (
    <section aria-label={text.grants.whoCan}>
      <PartHeading title={text.grants.whoCan} />
      {members.length === 0 ? <p className="px-4 text-muted">{text.grants.whoCanEmpty}</p> : null}
      <Rows label={text.grants.whoCan}>
        {members.map(({ login, name, level, levels }) => (
          <Row key={login}>
            <RowName>
              <span className="font-semibold">{login}</span> <span className="text-muted">{name}</span>
            </RowName>
            <Fact>
              <span className="font-semibold text-fg">{text.access.levels[level]}</span> {text.grants.through}{' '}
              {reasonsOf(levels, level)}
            </Fact>
          </Row>
        ))}
      </Rows>
      {next ? (
        <Link href={`?${new URLSearchParams({ after: next })}`} className={`${buttonClass()} mt-3 ml-4`}>
          {text.grants.more}
        </Link>
      ) : null}
    </section>
  )
}
