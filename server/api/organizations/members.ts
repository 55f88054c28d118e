/** Members and their roles (http-api.md §11.2). */
import * as z from 'zod'
import { changeMemberRole, listMembers, removeMember } from '@/lib/organizations/members'
import { teamsOfMember } from '@/lib/organizations/teams'
import { type Api, actorOf } from '../api'
import { conflicts, noContent, organizationParams, refusals, text } from '../shapes'
import {
  memberShape,
  organizationPath,
  roleChoice,
  teamShape,
  wireMember,
  wireRoleShape,
  wireTeam,
} from './shapes'

const members = `${organizationPath}/members`
const memberParams = organizationParams.extend({ login: text })

export function memberRoutes(api: Api): void {
  readRoutes(api)
  roleRoutes(api)
  removalRoute(api)
}

function readRoutes(api: Api): void {
  api.get(
    members,
    {
      schema: {
        summary: 'List members',
        params: organizationParams,
        response: { 200: z.object({ members: z.array(memberShape) }), ...refusals },
      },
    },
    async (request) => ({ members: (await listMembers(actorOf(request), request.params)).map(wireMember) }),
  )
  api.get(
    `${members}/:login/teams`,
    {
      schema: {
        summary: 'List the teams of a member',
        params: memberParams,
        response: { 200: z.object({ teams: z.array(teamShape) }), ...refusals },
      },
    },
    async (request) => ({ teams: (await teamsOfMember(actorOf(request), request.params)).map(wireTeam) }),
  )
}

/** Nobody becomes a member without accepting, so the reference's way to add somebody changes members only. */
function roleRoutes(api: Api): void {
  for (const method of ['PATCH', 'POST'] as const) {
    api.route({
      method,
      url: `${members}/:login`,
      schema: {
        summary: method === 'PATCH' ? 'Change the role of a member' : 'Give a member a role',
        description: 'A custom role wins over a built-in one. Who is no member yet is invited instead.',
        params: memberParams,
        body: z.object({ role: wireRoleShape.nullish(), fgaRoleId: text.nullish() }),
        response: { 204: noContent, ...conflicts },
      },
      async handler(request, reply) {
        const { role, fgaRoleId: roleId } = request.body
        await changeMemberRole(actorOf(request), { ...request.params, ...roleChoice({ role, roleId }) })
        return reply.code(204).send()
      },
    })
  }
  api.post(
    `${members}/:login/set-admin`,
    {
      schema: {
        summary: 'Make a member an administrator',
        params: memberParams,
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      await changeMemberRole(actorOf(request), { ...request.params, role: 'admin' })
      return reply.code(204).send()
    },
  )
}

function removalRoute(api: Api): void {
  api.delete(
    `${members}/:login`,
    {
      schema: {
        summary: 'Remove a member',
        params: memberParams,
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      await removeMember(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}
