/** Members and invitations (http-api.md §11.2). */
import * as z from 'zod'
import {
  cancelInvitation,
  type InvitationSummary,
  invite,
  listInvitations,
} from '@/lib/organizations/invitations'
import { changeMemberRole, listMembers, type MemberSummary, removeMember } from '@/lib/organizations/members'
import { type Api, actorOf } from '../api'
import { conflicts, noContent, organizationParams, refusals, text, userShape, wireUser } from '../shapes'
import { idParams, organizationPath, roleChoice, wireRole, wireRoleShape } from './shapes'

const memberShape = z
  .object({
    user: userShape.extend({ email: z.string() }),
    role: wireRoleShape,
    fgaRole: z.object({ id: z.string(), name: z.string() }).optional(),
    created: z.string(),
    knownToPulumi: z.boolean(),
    virtualAdmin: z.boolean(),
  })
  .meta({ id: 'Member' })

const invitationShape = z
  .object({
    id: z.string(),
    email: z.string(),
    role: wireRoleShape,
    created: z.string(),
    expires: z.string(),
    status: z.enum(['pending', 'accepted', 'expired', 'canceled']),
  })
  .meta({ id: 'Invitation' })

const memberParams = organizationParams.extend({ login: text })

export function memberRoutes(api: Api): void {
  memberListRoutes(api)
  invitationRoutes(api)
}

function memberListRoutes(api: Api): void {
  const members = `${organizationPath}/members`
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
  api.patch(
    `${members}/:login`,
    {
      schema: {
        summary: 'Change the role of a member',
        description: 'A custom role wins over a built-in one.',
        params: memberParams,
        body: z.object({ role: wireRoleShape.nullish(), fgaRoleId: text.nullish() }),
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      const { role, fgaRoleId: roleId } = request.body
      await changeMemberRole(actorOf(request), { ...request.params, ...roleChoice({ role, roleId }) })
      return reply.code(204).send()
    },
  )
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

function wireMember(member: MemberSummary): z.output<typeof memberShape> {
  const { login, name, email, role, customRole, joinedAt } = member
  return {
    user: { ...wireUser({ login, name }), email },
    role: wireRole(role),
    ...(customRole && { fgaRole: customRole }),
    created: joinedAt,
    knownToPulumi: true,
    virtualAdmin: false,
  }
}

function invitationRoutes(api: Api): void {
  const invites = `${organizationPath}/invites`
  api.get(
    invites,
    {
      schema: {
        summary: 'List invitations',
        params: organizationParams,
        response: { 200: z.object({ invites: z.array(invitationShape) }), ...refusals },
      },
    },
    async (request) => {
      const invitations = await listInvitations(actorOf(request), request.params)
      return { invites: invitations.map(wireInvitation) }
    },
  )
  const invited = z.object({
    invite: invitationShape,
    link: z.string().meta({ description: 'shown once' }),
    mail: z.enum(['sent', 'failed', 'off']).meta({ description: 'off: no mail server is set up' }),
  })
  api.post(
    `${invites}/batch`,
    {
      schema: {
        summary: 'Invite people',
        description: 'One after the other; a refusal ends the batch, what was done before stays.',
        params: organizationParams,
        body: z.object({
          invites: z
            .array(z.object({ email: text, role: wireRoleShape.nullish(), roleId: text.nullish() }))
            .min(1)
            .max(100),
        }),
        response: { 200: z.object({ invites: z.array(invited) }), ...conflicts },
      },
    },
    async (request) => {
      const done: z.output<typeof invited>[] = []
      for (const { email, ...choice } of request.body.invites) {
        const wanted = { ...request.params, email, ...roleChoice(choice) }
        const { invitation, ...shown } = await invite(actorOf(request), wanted)
        done.push({ invite: wireInvitation(invitation), ...shown })
      }
      return { invites: done }
    },
  )
  api.delete(
    `${invites}/:id`,
    {
      schema: {
        summary: 'Cancel an invitation',
        params: idParams,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await cancelInvitation(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

function wireInvitation(invitation: InvitationSummary): z.output<typeof invitationShape> {
  const { id, email = '', role, createdAt, expiresAt, status } = invitation
  return { id, email, role: wireRole(role), created: createdAt, expires: expiresAt, status }
}
