import Link from 'next/link'
import { Fact, PartHeading, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import type { TeamGrant } from '@/lib/organizations/team-grants'

export interface TeamGrantsProps {
  organization: string
  grants: TeamGrant[]
}

/** Environments that the team has directly; they are given where the environment is. */
export function TeamGrants({ organization, grants }: TeamGrantsProps) {
  return (
    <section aria-label={text.teams.grants}>
      <PartHeading title={text.teams.grants} />
      {grants.length === 0 ? (
        <p className="px-4 text-muted">
          {text.teams.grantsEmpty} {text.teams.grantsHint}
        </p>
      ) : (
        <Rows label={text.teams.grants}>
          {grants.map((grant) => (
            <GrantRow key={`${grant.project}/${grant.name}`} organization={organization} grant={grant} />
          ))}
        </Rows>
      )}
    </section>
  )
}

function GrantRow({ organization, grant }: { organization: string; grant: TeamGrant }) {
  const { project, name, level, maxOpenDurationSeconds: limit } = grant
  return (
    <Row>
      <RowName>
        <Link
          href={`/${organization}/environments/${project}/${name}/access`}
          aria-label={text.teams.manage(`${project}/${name}`)}
          className="font-mono font-semibold hover:text-accent"
        >
          {project}/{name}
        </Link>
      </RowName>
      <Fact>{text.access.levels[level]}</Fact>
      <Fact label={text.grants.limit}>
        {limit === undefined ? '–' : text.grants.limitMinutes(Math.round(limit / 60))}
      </Fact>
    </Row>
  )
}
