/** Invitations, as administrators and the invited see them (http-api.md §11.2). */
import * as z from 'zod'
import {
  cancelInvitation,
  type InvitationSummary,
  type Invited,
  invite,
  listInvitations,
  readInvitation,
  resendInvitation,
} from '@/lib/organizations/invitations'
import { acceptOwnInvitation, listOwnInvitations } from '@/lib/organizations/own-invitations'
import { type Api, actorOf } from '../api'
import { conflicts, noContent, organizationParams, refusals, text } from '../shapes'
import { idParams, organizationPath, roleChoice, wireRole, wireRoleShape } from './shapes'

const invites = `${organizationPath}/invites`

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

const invited = z.object({
  invite: invitationShape,
  link: z.string().meta({ description: 'shown once' }),
  mail: z.enum(['sent', 'failed', 'off']).meta({ description: 'off: no mail server is set up' }),
})

const ownInvitationShape = invitationShape
  .extend({ organization: z.string() })
  .meta({ id: 'PendingInvitation' })

const choice = { role: wireRoleShape.nullish(), roleId: text.nullish() }

export function invitationRoutes(api: Api): void {
  readRoutes(api)
  inviteRoutes(api)
  againRoutes(api)
  ownRoutes(api)
}

function readRoutes(api: Api): void {
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
  api.get(
    `${invites}/:id`,
    {
      schema: {
        summary: 'Read an invitation',
        params: idParams,
        response: { 200: invitationShape, ...refusals },
      },
    },
    async (request) => wireInvitation(await readInvitation(actorOf(request), request.params)),
  )
}

function inviteRoutes(api: Api): void {
  api.post(
    `${invites}/batch`,
    {
      schema: {
        summary: 'Invite people',
        description: 'One after the other; a refusal ends the batch, what was done before stays.',
        params: organizationParams,
        body: z.object({
          invites: z
            .array(z.object({ email: text, ...choice }))
            .min(1)
            .max(100),
        }),
        response: { 200: z.object({ invites: z.array(invited) }), ...conflicts },
      },
    },
    async (request) => {
      const done: z.output<typeof invited>[] = []
      for (const { email, ...role } of request.body.invites) {
        const wanted = { ...request.params, email, ...roleChoice(role) }
        done.push(wireInvited(await invite(actorOf(request), wanted)))
      }
      return { invites: done }
    },
  )
  api.post(
    `${invites}/link`,
    {
      schema: {
        summary: 'Make a link that invites whoever has it',
        description: 'Good once.',
        params: organizationParams,
        body: z.object(choice),
        response: { 200: invited, ...conflicts },
      },
    },
    async (request) => {
      const wanted = { ...request.params, ...roleChoice(request.body) }
      return wireInvited(await invite(actorOf(request), wanted))
    },
  )
}

function againRoutes(api: Api): void {
  api.post(
    `${invites}/:id/resend`,
    {
      schema: {
        summary: 'Invite again, by a new link',
        description: 'The link before it stops working.',
        params: idParams,
        response: { 200: invited, ...refusals },
      },
    },
    async (request) => wireInvited(await resendInvitation(actorOf(request), request.params)),
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

function ownRoutes(api: Api): void {
  const verified = 'For people whose e-mail address single sign-on has verified; others use the link.'
  api.get(
    '/api/user/pending-invites',
    {
      schema: {
        summary: 'Invitations of the caller',
        description: verified,
        response: { 200: z.object({ invites: z.array(ownInvitationShape) }), ...refusals },
      },
    },
    async (request) => {
      const own = await listOwnInvitations(actorOf(request))
      return { invites: own.map((one) => ({ ...wireInvitation(one), organization: one.organization })) }
    },
  )
  api.patch(
    `${invites}/:id`,
    {
      schema: {
        summary: 'Accept an invitation',
        description: verified,
        params: idParams,
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      await acceptOwnInvitation(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

function wireInvited({ invitation, ...shown }: Invited): z.output<typeof invited> {
  return { invite: wireInvitation(invitation), ...shown }
}

function wireInvitation(invitation: InvitationSummary): z.output<typeof invitationShape> {
  const { id, email = '', role, createdAt, expiresAt, status } = invitation
  return { id, email, role: wireRole(role), created: createdAt, expires: expiresAt, status }
}
