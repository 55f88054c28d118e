'use server'

import { z } from 'zod'
import { change } from '@/app/(console)/change'
import type { Outcome } from '@/app/outcome'
import { applyChangeRequest } from '@/lib/approvals/apply'
import {
  closeChangeRequest,
  commentOnChangeRequest,
  submitChangeRequest,
} from '@/lib/approvals/change-requests'
import { approveChangeRequest, unapproveChangeRequest } from '@/lib/approvals/decide'
import { createDraft, updateDraft } from '@/lib/approvals/drafts'
import { requestOpen } from '@/lib/approvals/open-requests'

const request = { organization: z.string(), id: z.string() }
const environment = { organization: z.string(), project: z.string(), name: z.string() }
const note = z.string().max(5000)

const proposeSchema = z.object({
  ...environment,
  definition: z.string(),
  etag: z.string(),
  description: note,
})

/** Drafts a change and offers it for approval. @returns the id of the request */
export async function propose(input: z.input<typeof proposeSchema>): Promise<Outcome<string>> {
  return change(async (actor) => {
    const { description, ...text } = proposeSchema.parse(input)
    const { id } = await createDraft(actor, text)
    await submitChangeRequest(actor, { organization: text.organization, id, description })
    return id
  })
}

const versionSchema = z.object({
  ...environment,
  id: z.string(),
  definition: z.string(),
  /** Of the version that was edited. */
  etag: z.string(),
})

/** @returns the number of the new version */
export async function saveVersion(input: z.input<typeof versionSchema>): Promise<Outcome<number>> {
  return change(async (actor) => (await updateDraft(actor, versionSchema.parse(input))).latestRevision)
}

const requestSchema = z.object(request)

export async function submit(input: z.input<typeof requestSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await submitChangeRequest(actor, requestSchema.parse(input))
    return null
  })
}

const approveSchema = z.object({ ...request, revision: z.number().int(), comment: note })

export async function approve(input: z.input<typeof approveSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await approveChangeRequest(actor, approveSchema.parse(input))
    return null
  })
}

export async function unapprove(input: z.input<typeof requestSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await unapproveChangeRequest(actor, requestSchema.parse(input))
    return null
  })
}

const applySchema = z.object({ ...request, bypassReason: z.string().max(1000).optional() })

export async function apply(input: z.input<typeof applySchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await applyChangeRequest(actor, applySchema.parse(input))
    return null
  })
}

const closeSchema = z.object({ ...request, comment: note })

export async function close(input: z.input<typeof closeSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await closeChangeRequest(actor, closeSchema.parse(input))
    return null
  })
}

const commentSchema = z.object({ ...request, comment: note })

export async function comment(input: z.input<typeof commentSchema>): Promise<Outcome<null>> {
  return change(async (actor) => {
    await commentOnChangeRequest(actor, commentSchema.parse(input))
    return null
  })
}

const accessSchema = z.object({
  ...environment,
  description: note,
  grantExpirationSeconds: z.number(),
  accessDurationSeconds: z.number(),
})

/** @returns the ids of the requests, one for each environment that has to be approved */
export async function requestAccess(input: z.input<typeof accessSchema>): Promise<Outcome<string[]>> {
  return change(async (actor) => {
    const requests = await requestOpen(actor, accessSchema.parse(input))
    return requests.map(({ id }) => id)
  })
}
