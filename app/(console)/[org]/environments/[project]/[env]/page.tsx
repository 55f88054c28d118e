import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { templateText } from '@/components/editor/templates'
import { atLeast } from '@/lib/access/levels'
import { approvalState } from '@/lib/approvals/state'
import { config } from '@/lib/config'
import { readEnvironment } from '@/lib/environments/read'
import { Refused } from '../../../../refused'
import { languageData } from './language-data'
import { Workspace } from './workspace'

interface Props {
  params: Promise<{ org: string; project: string; env: string }>
  searchParams: Promise<{ line?: string; column?: string; template?: string }>
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { project, env } = await params
  return { title: `${project}/${env}` }
}

export default async function EnvironmentPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { org: organization, project, env: name } = await params
  const { line, column, template } = await searchParams
  const found = await attempt(() =>
    Promise.all([
      readEnvironment(actor, { organization, project, name }),
      languageData(actor, organization),
      approvalState(actor, { organization, project, name }),
    ]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [{ environment, revision, revisionTags, definition, etag, level, identity }, language, approval] =
    found.value
  return (
    <Workspace
      key={environment.id}
      reference={{
        organization: environment.organization,
        project: environment.project,
        name: environment.name,
      }}
      stored={{ revision, definition, etag }}
      revisionTags={revisionTags}
      identity={identity}
      rights={{
        mayOpen: approval.mayOpen,
        mayWrite: atLeast(level, 'write'),
        mustPropose: approval.gatedActions.includes('update'),
      }}
      approval={approval}
      language={language}
      url={config().url}
      placeholder={templateText(template)}
      {...placeOf({ line, column })}
    />
  )
}

function placeOf({ line, column }: { line?: string; column?: string }) {
  const [atLine, atColumn] = [Number(line), Number(column ?? 1)]
  return atLine >= 1 && atColumn >= 1 ? { place: { line: atLine, column: atColumn } } : {}
}
