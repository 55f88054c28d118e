/** Teams, what they may do with environments, and their tokens (http-api.md §11.3). */
import * as z from 'zod'
import type { Actor } from '@/lib/access/actor'
import { removeGrant, setGrant } from '@/lib/organizations/environment-access'
import { createTeamToken, listSharedTokens, revokeSharedToken } from '@/lib/organizations/shared-tokens'
import {
  addTeamRole,
  changeTeamMember,
  createTeam,
  deleteTeam,
  listTeams,
  readTeam,
  removeTeamRole,
  updateTeam,
} from '@/lib/organizations/teams'
import { type Api, actorOf } from '../api'
import { parseGoDuration } from '../duration'
import { conflicts, noContent, organizationParams, refusals, text } from '../shapes'
import {
  createdTokenShape,
  expiryOf,
  newTokenBody,
  organizationPath,
  sharedTokenShape,
  teamShape,
  wireSharedToken,
  wireTeam,
} from './shapes'

const teams = `${organizationPath}/teams`
const teamParams = organizationParams.extend({ team: text })

export function teamRoutes(api: Api): void {
  readRoutes(api)
  writeRoutes(api)
  roleRoutes(api)
  tokenRoutes(api)
}

function readRoutes(api: Api): void {
  api.get(
    teams,
    {
      schema: {
        summary: 'List teams',
        params: organizationParams,
        response: { 200: z.object({ teams: z.array(teamShape) }), ...refusals },
      },
    },
    async (request) => ({ teams: (await listTeams(actorOf(request), request.params)).map(wireTeam) }),
  )
  api.get(
    `${teams}/:team`,
    { schema: { summary: 'Read a team', params: teamParams, response: { 200: teamShape, ...refusals } } },
    async (request) => wireTeam(await readTeam(actorOf(request), request.params)),
  )
}

const environmentGrant = z.object({
  projectName: text,
  envName: text,
  permission: z.enum(['read', 'open', 'write', 'admin']),
  maxOpenDuration: text.nullish().meta({ description: 'a Go duration' }),
})

const teamChange = z
  .object({
    member: text.optional(),
    memberAction: z.enum(['add', 'remove', 'promote', 'demote']).optional(),
    newDisplayName: text.optional(),
    newDescription: text.optional(),
    addEnvironmentPermission: environmentGrant.optional(),
    editEnvironmentPermission: environmentGrant.optional(),
    removeEnvironment: z.object({ projectName: text, envName: text }).optional(),
  })
  .refine(
    ({ member, memberAction }) => (member === undefined) === (memberAction === undefined),
    'member and memberAction go together',
  )
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'says nothing to change')

function writeRoutes(api: Api): void {
  api.post(
    `${teams}/pulumi`,
    {
      schema: {
        summary: 'Make a team',
        params: organizationParams,
        body: z.object({ name: text, displayName: text.default(''), description: text.default('') }),
        response: { 201: teamShape, ...conflicts },
      },
    },
    async (request, reply) => {
      const team = await createTeam(actorOf(request), { ...request.params, ...request.body })
      return reply.code(201).send(wireTeam(team))
    },
  )
  api.patch(
    `${teams}/:team`,
    {
      schema: {
        summary: 'Change a team',
        description:
          'Each member of the body is a change of its own; they are made in order and a refusal ends it.',
        params: teamParams,
        body: teamChange,
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      await changeTeam(actorOf(request), request.params, request.body)
      return reply.code(204).send()
    },
  )
  api.delete(
    `${teams}/:team`,
    { schema: { summary: 'Delete a team', params: teamParams, response: { 204: noContent, ...refusals } } },
    async (request, reply) => {
      await deleteTeam(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

type TeamReference = z.output<typeof teamParams>

async function changeTeam(
  actor: Actor,
  team: TeamReference,
  change: z.output<typeof teamChange>,
): Promise<void> {
  const { member, memberAction, newDisplayName, newDescription, removeEnvironment } = change
  if (member !== undefined && memberAction) {
    await changeTeamMember(actor, { ...team, login: member, action: memberAction })
  }
  if (newDisplayName !== undefined || newDescription !== undefined) {
    await updateTeam(actor, {
      ...team,
      ...(newDisplayName !== undefined && { displayName: newDisplayName }),
      ...(newDescription !== undefined && { description: newDescription }),
    })
  }
  const grant = change.addEnvironmentPermission ?? change.editEnvironmentPermission
  if (grant) await grantEnvironment(actor, team, grant)
  if (removeEnvironment) await removeGrant(actor, { ...team, ...environmentOf(removeEnvironment) })
}

async function grantEnvironment(actor: Actor, team: TeamReference, grant: z.output<typeof environmentGrant>) {
  const seconds = grant.maxOpenDuration ? parseGoDuration(grant.maxOpenDuration) : undefined
  const limit = seconds === undefined ? {} : { maxOpenDurationSeconds: Math.floor(seconds) }
  await setGrant(actor, { ...team, ...environmentOf(grant), level: grant.permission, ...limit })
}

function environmentOf({ projectName, envName }: { projectName: string; envName: string }) {
  return { project: projectName, name: envName }
}

function roleRoutes(api: Api): void {
  const params = teamParams.extend({ id: text })
  const response = { 204: noContent, ...refusals }
  const role = z.object({ id: z.string(), name: z.string() })
  api.get(
    `${teams}/:team/roles`,
    {
      schema: {
        summary: 'List the custom roles of a team',
        params: teamParams,
        response: { 200: z.object({ roles: z.array(role) }), ...refusals },
      },
    },
    async (request) => ({ roles: (await readTeam(actorOf(request), request.params)).roles }),
  )
  api.post(
    `${teams}/:team/enable-team-roles`,
    {
      schema: {
        summary: 'Let a team have custom roles',
        description: 'Every team may: this changes nothing and answers for clients that ask first.',
        params: teamParams,
        response,
      },
    },
    async (request, reply) => {
      await readTeam(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
  api.post(
    `${teams}/:team/roles/:id`,
    { schema: { summary: 'Give a custom role to a team', params, response } },
    async (request, reply) => {
      const { id: roleId, ...team } = request.params
      await addTeamRole(actorOf(request), { ...team, roleId })
      return reply.code(204).send()
    },
  )
  api.delete(
    `${teams}/:team/roles/:id`,
    { schema: { summary: 'Take a custom role from a team', params, response } },
    async (request, reply) => {
      const { id: roleId, ...team } = request.params
      await removeTeamRole(actorOf(request), { ...team, roleId })
      return reply.code(204).send()
    },
  )
}

function tokenRoutes(api: Api): void {
  const tokens = `${teams}/:team/tokens`
  api.get(
    tokens,
    {
      schema: {
        summary: 'List tokens of a team',
        params: teamParams,
        response: { 200: z.object({ tokens: z.array(sharedTokenShape) }), ...refusals },
      },
    },
    async (request) => ({
      tokens: (await listSharedTokens(actorOf(request), request.params)).map(wireSharedToken),
    }),
  )
  api.post(
    tokens,
    {
      schema: {
        summary: 'Make a token of a team',
        params: teamParams,
        body: newTokenBody,
        response: { 200: createdTokenShape, ...conflicts },
      },
    },
    async (request) => {
      const { name, description, expires } = request.body
      const token = { ...request.params, name, description, ...expiryOf(expires) }
      return createTeamToken(actorOf(request), token)
    },
  )
  api.delete(
    `${tokens}/:id`,
    {
      schema: {
        summary: 'Revoke a token of a team',
        params: teamParams.extend({ id: text }),
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await revokeSharedToken(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}
