import { z } from 'zod'
import { answer, readBody } from '@/app/(console)/answer'
import { rotateEnvironment } from '@/lib/rotation/rotate'

interface Context {
  params: Promise<{ org: string; project: string; env: string }>
}

const schema = z.object({ paths: z.array(z.string().max(1000)).max(1000) })

/** Rotates now. Not an action: rotators take their time, and the next action would wait for them. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answer(request, async (actor) => {
    const { org: organization, project, env: name } = await context.params
    const { paths } = await readBody(request, schema)
    const { event } = await rotateEnvironment(actor, { organization, project, name, paths })
    return event
  })
}
