import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { AccessHeader } from '@/components/access/access-header'
import { Fact, PartHeading, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import type { Actor } from '@/lib/access/actor'
import { organizationScopes } from '@/lib/access/scopes'
import { listEnvironments } from '@/lib/environments/list'
import { heldScopes } from '@/lib/organizations/held-scopes'
import { listPermissionSets } from '@/lib/organizations/permission-sets'
import { listRoles } from '@/lib/organizations/roles'
import { Refused } from '../../../refused'
import { CreateRole, CreateSet } from './create'
import type { RoleMaterial } from './inputs'
import { RoleList } from './role-list'
import { SetList } from './set-list'

export const metadata: Metadata = { title: text.roles.title }

interface Props {
  params: Promise<{ org: string }>
}

export default async function RolesPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const found = await attempt(() => load(actor, organization))
  if (!found.ok) return <Refused refusal={found} />
  const { held, roles, sets, material } = found.value
  const may = { mayUpdate: held.has('role:update'), mayDelete: held.has('role:delete') }
  return (
    <>
      <AccessHeader
        organization={organization}
        section="roles"
        actions={held.has('role:create') ? <CreateRole material={material} /> : null}
      />
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <BuiltIn />
        <PartHeading title={text.roles.custom} />
        {roles.length > 0 ? (
          <RoleList material={material} roles={roles} {...may} />
        ) : (
          <p className="px-4 text-muted">{text.roles.customEmpty}</p>
        )}
        <PartHeading
          title={text.roles.sets}
          actions={may.mayUpdate ? <CreateSet organization={organization} /> : null}
        />
        {sets.length > 0 ? (
          <SetList organization={organization} sets={sets} {...may} />
        ) : (
          <p className="px-4 text-muted">{text.roles.setsEmpty}</p>
        )}
      </div>
    </>
  )
}

function BuiltIn() {
  return (
    <>
      <PartHeading title={text.roles.builtIn} />
      <Rows label={text.roles.builtIn}>
        {(['admin', 'member', 'billing_manager'] as const).map((role) => (
          <Row key={role}>
            <RowName>
              <span className="font-semibold">{text.access.roleNames[role]}</span>
            </RowName>
            <Fact>{text.roles.builtInMean[role]}</Fact>
          </Row>
        ))}
      </Rows>
    </>
  )
}

/** As many environments as a person can choose from; the others are reached by project or tag. */
const mostChoices = 500

async function load(actor: Actor, organization: string) {
  const [held, roles, sets, { environments }] = await Promise.all([
    heldScopes(actor, { organization }),
    listRoles(actor, { organization }),
    listPermissionSets(actor, { organization }),
    listEnvironments(actor, { organization, limit: mostChoices }),
  ])
  const material: RoleMaterial = {
    organization,
    environments: environments.map(({ id, project, name }) => ({ id, name: `${project}/${name}` })),
    projects: [...new Set(environments.map(({ project }) => project))],
    sets: sets.map(({ id, name }) => ({ id, name })),
    organizationScopes: Object.entries(organizationScopes).map(([value, { description }]) => ({
      value,
      label: description,
      hint: value,
    })),
  }
  return { held, roles, sets, material }
}
