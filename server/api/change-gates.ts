/** Gates: rules that make changes or opening of an environment need approval (http-api.md §6.3). */
import * as z from 'zod'
import { type EnvironmentScope, isEnvironmentScope } from '@/lib/access/scopes'
import type { NamedApprover } from '@/lib/approvals/approvers'
import {
  createGate,
  deleteGate,
  type GateFields,
  type GateSummary,
  listGates,
  readGate,
  updateGate,
} from '@/lib/approvals/gates'
import { Failure } from '@/lib/failure'
import { type Api, actorOf } from './api'
import { noContent, organizationParams, queryText, refusals, text } from './shapes'

const gates = '/api/change-gates/:organization'
const gateParams = organizationParams.extend({ id: text })

const scope = z.custom<EnvironmentScope>((value) => typeof value === 'string' && isEnvironmentScope(value))

const approverShape = z.discriminatedUnion('eligibilityType', [
  z.object({ eligibilityType: z.literal('team_member'), teamName: text }),
  z.object({ eligibilityType: z.literal('specific_user'), userLogin: text }),
  z.object({
    eligibilityType: z.literal('has_permission_on_target'),
    permission: scope.meta({ type: 'string', description: 'a scope of environments' }),
  }),
])

const gateBody = z.object({
  name: text,
  enabled: z.boolean().default(true),
  rule: z.object({
    ruleType: z.literal('approval_required'),
    numApprovalsRequired: z.number().int(),
    allowSelfApproval: z.boolean().default(false),
    requireReapprovalOnChange: z.boolean().default(true),
    eligibleApprovers: z.array(approverShape).max(100),
    bypassers: z
      .array(approverShape)
      .max(100)
      .default([])
      .meta({ description: 'who may go ahead without approval, for a reason that is recorded' }),
  }),
  target: z.object({
    entityType: z.literal('environment'),
    qualifiedName: text.meta({ description: 'project/environment' }),
    actionTypes: z.array(z.enum(['update', 'open'])).max(10),
  }),
})

const gateShape = gateBody.extend({ id: z.string() }).meta({ id: 'ChangeGate' })

export function changeGateRoutes(api: Api): void {
  listRoutes(api)
  oneRoutes(api)
}

function listRoutes(api: Api): void {
  api.get(
    gates,
    {
      schema: {
        summary: 'List gates',
        params: organizationParams,
        querystring: z.object({ entityType: queryText, qualifiedName: queryText }),
        response: {
          200: z.object({ gates: z.array(gateShape), continuationToken: z.null() }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { qualifiedName } = request.query
      const environment = qualifiedName === undefined ? undefined : environmentNamed(qualifiedName)
      const listing = { ...request.params, ...(environment && { environment }) }
      const found = await listGates(actorOf(request), listing)
      return { gates: found.map(wireGate), continuationToken: null }
    },
  )
  api.post(
    gates,
    {
      schema: {
        summary: 'Require approval',
        params: organizationParams,
        body: gateBody,
        response: { 201: gateShape, ...refusals },
      },
    },
    async (request, reply) => {
      const environment = environmentNamed(request.body.target.qualifiedName)
      const gate = { ...request.params, ...environment, ...fieldsOf(request.body) }
      return reply.code(201).send(wireGate(await createGate(actorOf(request), gate)))
    },
  )
}

function oneRoutes(api: Api): void {
  const response = { 200: gateShape, ...refusals }
  api.get(
    `${gates}/:id`,
    { schema: { summary: 'Read a gate', params: gateParams, response } },
    async (request) => wireGate(await readGate(actorOf(request), request.params)),
  )
  api.put(
    `${gates}/:id`,
    {
      schema: {
        summary: 'Change what needs approval',
        description: 'Replaces every field but the environment, which stays.',
        params: gateParams,
        body: gateBody,
        response,
      },
    },
    async (request) => {
      const gate = { ...request.params, ...fieldsOf(request.body) }
      return wireGate(await updateGate(actorOf(request), gate))
    },
  )
  api.delete(
    `${gates}/:id`,
    {
      schema: {
        summary: 'Stop requiring approval',
        params: gateParams,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await deleteGate(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

function environmentNamed(qualifiedName: string): { project: string; name: string } {
  const [project = '', name = '', ...rest] = qualifiedName.split('/')
  if (project !== '' && name !== '' && rest.length === 0) return { project, name }
  throw new Failure('invalid', 'Bad Request: invalid qualifiedName: write project/environment', {
    field: 'qualifiedName',
  })
}

function fieldsOf({ name, enabled, rule, target }: z.output<typeof gateBody>): GateFields {
  return {
    title: name,
    enabled,
    actions: target.actionTypes,
    approvalsRequired: rule.numApprovalsRequired,
    allowSelfApproval: rule.allowSelfApproval,
    reapproveOnChange: rule.requireReapprovalOnChange,
    approvers: rule.eligibleApprovers.map(readApprover),
    bypassers: rule.bypassers.map(readApprover),
  }
}

type WireApprover = z.output<typeof approverShape>

function readApprover(approver: WireApprover): NamedApprover {
  switch (approver.eligibilityType) {
    case 'team_member':
      return { kind: 'team', team: approver.teamName }
    case 'specific_user':
      return { kind: 'person', login: approver.userLogin }
    case 'has_permission_on_target':
      return { kind: 'permission', scope: approver.permission }
  }
}

function wireApprover(approver: NamedApprover): WireApprover {
  switch (approver.kind) {
    case 'team':
      return { eligibilityType: 'team_member', teamName: approver.team }
    case 'person':
      return { eligibilityType: 'specific_user', userLogin: approver.login }
    case 'permission':
      return { eligibilityType: 'has_permission_on_target', permission: approver.scope }
  }
}

function wireGate(gate: GateSummary): z.output<typeof gateShape> {
  const { id, title, enabled, environment, actions } = gate
  return {
    id,
    name: title,
    enabled,
    rule: {
      ruleType: 'approval_required',
      numApprovalsRequired: gate.approvalsRequired,
      allowSelfApproval: gate.allowSelfApproval,
      requireReapprovalOnChange: gate.reapproveOnChange,
      eligibleApprovers: gate.approvers.map(wireApprover),
      bypassers: gate.bypassers.map(wireApprover),
    },
    target: {
      entityType: 'environment',
      qualifiedName: `${environment.project}/${environment.name}`,
      actionTypes: actions,
    },
  }
}
