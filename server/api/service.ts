/** What clients ask about the service itself (http-api.md §12). */
import * as z from 'zod'
import type { Api } from './api'

export function serviceRoutes(api: Api): void {
  api.get(
    '/api/capabilities',
    {
      config: { public: true },
      schema: {
        summary: 'List optional capabilities',
        response: { 200: z.object({ capabilities: z.array(z.string()) }) },
      },
    },
    async () => ({ capabilities: [] }),
  )
}
