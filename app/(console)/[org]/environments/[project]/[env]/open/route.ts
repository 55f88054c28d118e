import { z } from 'zod'
import { answer, readBody } from '@/app/(console)/answer'
import { openEnvironment } from '@/lib/environments/open'
import { closeOpenSession } from '@/lib/environments/open-session'

interface Context {
  params: Promise<{ org: string; project: string; env: string }>
}

async function referenceOf({ params }: Context) {
  const { org: organization, project, env: name } = await params
  return { organization, project, name }
}

const openSchema = z.object({ version: z.string().max(100).optional() })

/** Opens a saved revision and answers with its values, secrets included: only the open pane asks for this. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answer(request, async (actor) => {
    const reference = await referenceOf(context)
    const { version } = await readBody(request, openSchema)
    const open = { ...reference, version, withValues: true, signal: request.signal }
    const { content, ...opened } = await openEnvironment(actor, open)
    return { ...opened, properties: content?.properties }
  })
}

const closeSchema = z.object({ id: z.string().max(200) })

export function DELETE(request: Request, context: Context): Promise<Response> {
  return answer(request, async (actor) => {
    const { id } = await readBody(request, closeSchema)
    await closeOpenSession(actor, { ...(await referenceOf(context)), id })
    return null
  })
}
