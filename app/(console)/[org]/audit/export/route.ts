import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { failureStatus } from '@/lib/failure'
import { type AuditFormat, auditHeader, formatAuditEntry } from '@/lib/organizations/audit-formats'
import { type AuditEntry, exportAuditLog } from '@/lib/organizations/audit-log'
import { filterOf, readQuery } from '../filter'

interface Context {
  params: Promise<{ org: string }>
}

const types: Record<AuditFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/x-ndjson',
  cef: 'text/plain; charset=utf-8',
}

/** The whole log that matches the filter, as a file. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await requireActor()
  const { org: organization } = await params
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const format = formatOf(query.format)
  const batches = exportAuditLog(actor, filterOf(organization, readQuery(query)))
  // The first batch is read before anything is sent, so that a refusal is one.
  const first = await attempt(() => batches.next())
  if (!first.ok) {
    const status = first.code === 'unexpected' ? 500 : failureStatus[first.code]
    return new Response(first.message, { status })
  }
  return new Response(bodyOf(first.value, batches, format), {
    headers: {
      'content-type': types[format],
      'content-disposition': `attachment; filename="audit-log.${format}"`,
      'cache-control': 'no-store',
    },
  })
}

function formatOf(text: string | undefined): AuditFormat {
  return text === 'json' || text === 'cef' ? text : 'csv'
}

type Batches = AsyncGenerator<AuditEntry[]>

function bodyOf(first: IteratorResult<AuditEntry[]>, batches: Batches, format: AuditFormat): ReadableStream {
  const encoder = new TextEncoder()
  const lines = (entries: AuditEntry[]) =>
    encoder.encode(entries.map((entry) => formatAuditEntry(entry, format)).join(''))
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(auditHeader(format)))
      if (first.done) controller.close()
      else controller.enqueue(lines(first.value))
    },
    async pull(controller) {
      const next = await batches.next()
      if (next.done) controller.close()
      else controller.enqueue(lines(next.value))
    },
    async cancel() {
      await batches.return(undefined)
    },
  })
}
