/** The second half of a command line's login: the process that knows the verifier trades its code for a token. */
import * as z from 'zod'
import { finishCliLogin } from '@/lib/access/cli-login'
import type { Api } from './api'
import { originOf } from './origin'
import { refusals, text } from './shapes'

export function cliLoginRoutes(api: Api): void {
  api.post(
    '/api/cli-login/token',
    {
      config: { public: true },
      schema: {
        summary: 'Finish signing in a command line',
        description: 'A code is good once. Who is asking is proven by the verifier, not by a token.',
        body: z.object({ code: text.max(200), codeVerifier: text.max(200) }),
        response: { 200: z.object({ accessToken: z.string() }), ...refusals },
      },
    },
    async (request) => finishCliLogin({ ...request.body, ...originOf(request) }),
  )
}
