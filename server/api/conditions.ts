/** Conditional requests: etags are opaque, quoted on the wire, and come back in `If-Match` or in `ETag`. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DefinitionAtRevision } from '@/lib/environments/read'

/** The official command line sends the etag in a request header `ETag`; an empty one means none (http-api.md §4.3). */
export function askedEtag(request: FastifyRequest): string | undefined {
  const { 'if-match': ifMatch, etag } = request.headers
  const text = (ifMatch || [etag].flat()[0] || '').trim()
  const bare = /^(?:W\/)?"(.*)"$/.exec(text)?.[1] ?? text
  return bare === '' || bare === '*' ? undefined : bare
}

/** The CLI cannot do without the revision, the SDKs without the etag (http-api.md §1.3). */
export function describeRevision(
  reply: FastifyReply,
  { revision, etag }: Pick<DefinitionAtRevision, 'revision' | 'etag'>,
): FastifyReply {
  return reply.headers({ etag: `"${etag}"`, 'pulumi-esc-revision': String(revision) })
}
