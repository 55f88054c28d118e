import { z } from 'zod'
import { answerAt } from '@/app/(console)/answer'
import { packEvaluation } from '@/components/preview/wire'
import { checkDefinition } from '@/lib/environments/check'

interface Context {
  params: Promise<{ org: string; project: string; env: string }>
}

const bodySchema = z.object({ definition: z.string() })

/** The live preview: evaluates the text as it is typed, calling no provider. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  const place = params.then(({ org: organization, project, env: name }) => ({ organization, project, name }))
  return answerAt(request, { place, body: bodySchema }, async (actor, { definition }) => {
    const { organization, ...environment } = await place
    const { signal } = request
    const checked = await checkDefinition(actor, { organization, definition, environment, signal })
    const { diagnostics, participants } = checked
    return {
      environment: checked.environment && packEvaluation(checked.environment),
      diagnostics,
      participants,
    }
  })
}
