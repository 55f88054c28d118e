/** Gates: rules that make changes or opening of an environment need approval (http-api.md §6.3). */
import type { Actor } from '@/lib/access/actor'
import { requireCoveringOn } from '@/lib/access/covering'
import {
  type EnvironmentPermission,
  environmentNotFound,
  organizationNotFound,
  permissionOn,
  requireEnvironment,
} from '@/lib/access/require'
import type { EnvironmentScope, Scope } from '@/lib/access/scopes'
import { loadStanding } from '@/lib/access/standing'
import { environmentsAllowing } from '@/lib/access/visible'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { lockEnvironment } from '@/lib/environments/lock'
import { record } from '@/lib/environments/record'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { Failure, isFailure } from '@/lib/failure'
import type { ChangeAction, ChangeGate, Environment } from '@/lib/generated/prisma/client'
import { approversNamed, type NamedApprover, nameApprovers, parseApprovers } from './approvers'

export interface GateFields {
  /** What people call it. */
  title: string
  enabled: boolean
  actions: ChangeAction[]
  approvalsRequired: number
  allowSelfApproval: boolean
  reapproveOnChange: boolean
  approvers: NamedApprover[]
  /** Who may go ahead without approval, for a reason that is recorded. */
  bypassers: NamedApprover[]
}

export interface GateSummary extends GateFields {
  id: string
  environment: { project: string; name: string }
}

export interface GateReference {
  organization: string
  id: string
}

/** Of one environment, or of all that the caller may read. @throws Failure `not_found` */
export async function listGates(
  actor: Actor,
  { organization, environment }: { organization: string; environment?: { project: string; name: string } },
): Promise<GateSummary[]> {
  if (environment) {
    const question = { organization, ...environment, scope: 'environment:read' } as const
    const { id, organizationId } = (await requireEnvironment(database(), actor, question)).environment
    return summariesOf({ environmentId: id, organizationId })
  }
  const standing = await loadStanding(database(), actor, { name: organization })
  if (!standing) throw organizationNotFound()
  const readable = environmentsAllowing(standing.grants, 'environment:read')
  const organizationId = standing.organization.id
  return summariesOf({ organizationId, environment: { deletedAt: null, AND: [readable] } })
}

/** @throws Failure `not_found` */
export async function readGate(actor: Actor, reference: GateReference): Promise<GateSummary> {
  const { gate } = await findGate(database(), actor, reference, 'environment:read')
  return summarizeGate(database(), gate)
}

/** @throws Failure `invalid` (with `details.field`), `not_found`, `forbidden` also for opening that one lacks oneself */
export async function createGate(
  actor: Actor,
  input: EnvironmentReference & GateFields,
): Promise<GateSummary> {
  refuseFields(input)
  return withTransaction(async (tx) => {
    const scope = 'change_gate:create'
    const permission = await lockedFor(tx, await requireEnvironment(tx, actor, { ...input, scope }))
    refusePower(permission, input)
    const { id: environmentId, organizationId } = permission.environment
    const columns = await columnsOf(tx, organizationId, input)
    const row = await tx.changeGate.create({ data: { organizationId, environmentId, ...columns } })
    await gateChanged(tx, actor, permission.environment, { row, what: 'created', did: 'Added a gate to' })
    return summarizeGate(tx, { ...row, environment: permission.environment })
  })
}

/** Replaces every field. @throws Failure `invalid`, `not_found`, `forbidden` */
export async function updateGate(actor: Actor, input: GateReference & GateFields): Promise<GateSummary> {
  refuseFields(input)
  return withTransaction(async (tx) => {
    const found = await findGate(tx, actor, input, 'change_gate:update')
    const permission = await lockedFor(tx, found.permission)
    refusePower(permission, input)
    const { organizationId } = permission.environment
    const columns = await columnsOf(tx, organizationId, input)
    const where = { id: input.id, organizationId }
    const row = await tx.changeGate.update({ where, data: { ...columns, modifiedAt: new Date() } })
    await gateChanged(tx, actor, permission.environment, { row, what: 'updated', did: 'Changed a gate of' })
    return summarizeGate(tx, { ...row, environment: permission.environment })
  })
}

/** @throws Failure `not_found`, `forbidden` */
export async function deleteGate(actor: Actor, reference: GateReference): Promise<void> {
  await withTransaction(async (tx) => {
    const { gate, permission } = await findGate(tx, actor, reference, 'change_gate:delete')
    const { environment } = await lockedFor(tx, permission)
    await tx.changeGate.deleteMany({ where: { id: gate.id, organizationId: environment.organizationId } })
    await gateChanged(tx, actor, environment, { row: gate, what: 'deleted', did: 'Removed a gate from' })
  })
}

type GateRow = ChangeGate & { environment: { project: string; name: string } }

async function findGate(
  tx: Transaction,
  actor: Actor,
  { organization, id }: GateReference,
  scope: EnvironmentScope,
): Promise<{ gate: GateRow; permission: EnvironmentPermission }> {
  const standing = await loadStanding(tx, actor, { name: organization })
  const gate = await tx.changeGate.findFirst({
    where: { id, organizationId: standing?.organization.id ?? '', environment: { deletedAt: null } },
    include: { environment: { include: { tags: true } } },
  })
  if (!standing || !gate) throw gateNotFound()
  const { environment } = gate
  try {
    return { gate, permission: permissionOn(standing, { environment, facts: environment }, scope) }
  } catch (error) {
    if (isFailure(error) && error.code === 'not_found') throw gateNotFound()
    throw error
  }
}

async function lockedFor(tx: Transaction, permission: EnvironmentPermission): Promise<EnvironmentPermission> {
  if (!(await lockEnvironment(tx, permission.environment))) throw environmentNotFound()
  return permission
}

const openingScopes: ReadonlySet<Scope> = new Set<EnvironmentScope>([
  'environment:open',
  'environment_version:open',
])

/** A gate on opening says who may let others in, so its maker must hold what it lets them give (A14). */
function refusePower({ grants, facts }: EnvironmentPermission, { actions }: GateFields): void {
  if (actions.includes('open')) requireCoveringOn(grants, facts, { permits: openingScopes })
}

/** Keeps what the environment's row says about its gates, for everything that decides by the row alone. */
async function gateChanged(
  tx: Transaction,
  actor: Actor,
  environment: Environment,
  { row, what, did }: { row: ChangeGate; what: string; did: string },
): Promise<void> {
  const { id, organizationId } = environment
  const enabled = await tx.changeGate.findMany({
    where: { environmentId: id, organizationId, enabled: true },
  })
  const isGated = (action: ChangeAction) => enabled.some(({ actions }) => actions.includes(action))
  const gated = { updateGated: isGated('update'), openGated: isGated('open') }
  await tx.environment.update({ where: { id, organizationId }, data: gated })
  const { enabled: on, actions, approvalsRequired, allowSelfApproval, reapproveOnChange } = row
  const data = {
    gate: row.name,
    enabled: on,
    actions,
    approvalsRequired,
    allowSelfApproval,
    reapproveOnChange,
  }
  await record(tx, { actor, environment, event: `change-gate-${what}`, did, data })
}

async function columnsOf(tx: Transaction, organizationId: string, fields: GateFields) {
  const { title, enabled, actions, approvalsRequired, allowSelfApproval, reapproveOnChange } = fields
  return {
    name: title.trim(),
    enabled,
    actions: [...new Set(actions)],
    approvalsRequired,
    allowSelfApproval,
    reapproveOnChange,
    approvers: await approversNamed(tx, organizationId, fields.approvers),
    bypassers: await approversNamed(tx, organizationId, fields.bypassers),
  }
}

const most = { title: 100, approvals: 10, approvers: 20 }

/** @throws Failure `invalid` */
function refuseFields({ title, actions, approvalsRequired, approvers, bypassers }: GateFields): void {
  const named = title.trim().length
  refuseUnless(named > 0 && named <= most.title, 'title', `use 1 to ${most.title} characters`)
  refuseUnless(actions.length > 0, 'actions', 'name what needs approval: update, open or both')
  const whole = Number.isInteger(approvalsRequired) && approvalsRequired >= 1
  refuseUnless(whole && approvalsRequired <= most.approvals, 'approvalsRequired', `1 to ${most.approvals}`)
  const some = approvers.length > 0 && approvers.length <= most.approvers
  refuseUnless(some, 'approvers', 'say who may approve: a gate without approvers would never open')
  refuseUnless(bypassers.length <= most.approvers, 'bypassers', `at most ${most.approvers}`)
}

function refuseUnless(condition: boolean, field: string, rule: string): void {
  if (!condition) throw new Failure('invalid', `Bad Request: invalid ${field}: ${rule}`, { field })
}

function gateNotFound(): Failure {
  return new Failure('not_found', 'Not Found: change gate')
}

async function summariesOf(
  where: { environmentId: string } | { organizationId: string; environment: object },
): Promise<GateSummary[]> {
  const rows = await database().changeGate.findMany({
    where,
    include: { environment: true },
    orderBy: { createdAt: 'asc' },
  })
  return Promise.all(rows.map((row) => summarizeGate(database(), row)))
}

async function summarizeGate(tx: Transaction, row: GateRow): Promise<GateSummary> {
  const { id, name, enabled, actions, approvalsRequired, allowSelfApproval, reapproveOnChange } = row
  const { project, name: environment } = row.environment
  return {
    id,
    title: name,
    enabled,
    actions,
    approvalsRequired,
    allowSelfApproval,
    reapproveOnChange,
    approvers: await nameApprovers(tx, row.organizationId, parseApprovers(row.approvers)),
    bypassers: await nameApprovers(tx, row.organizationId, parseApprovers(row.bypassers)),
    environment: { project, name: environment },
  }
}
