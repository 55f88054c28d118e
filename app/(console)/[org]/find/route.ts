import { answer } from '@/app/(console)/answer'
import { listEnvironments } from '@/lib/environments/list'

interface Context {
  params: Promise<{ org: string }>
}

export interface FoundEnvironment {
  project: string
  name: string
}

const most = 12

/** Environments by a part of their name, for the command palette. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return answer(request, async (actor) => {
    const { org: organization } = await params
    const search = (new URL(request.url).searchParams.get('q') ?? '').slice(0, 200)
    const { environments } = await listEnvironments(actor, { organization, search, limit: most })
    return environments.map(({ project, name }): FoundEnvironment => ({ project, name }))
  })
}
