/** The bundled command line, for machines without a checkout. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { projectRoot } from '@/lib/project-root'

export function registerDownloads(app: FastifyInstance): void {
  const path = join(projectRoot(), 'dist', 'cli', 'esc.cjs')
  app.get('/download/esc', async (_request, reply) => {
    const { size } = await stat(path)
    return reply
      .header('content-disposition', 'attachment; filename="esc"')
      .header('content-length', size)
      .type('text/javascript; charset=utf-8')
      .send(createReadStream(path))
  })
}
