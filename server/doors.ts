/** Who answers what: the API and the issuer by Fastify, everything else by the console. */
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import next from 'next'
import { projectRoot } from '@/lib/project-root'
import { createApi, isApiPath } from '@/server/api'
import { registerDownloads } from './downloads'
import { registerHealth } from './health'
import type { Address, Door } from './http'
import { registerOidc } from './oidc'
import { staticDoor } from './static-files'

export interface Doors {
  doorFor(url: string): Door
  close(): Promise<void>
}

const publicPath = /^\/(?:healthz|readyz|oidc\/|download\/)/

async function createPublic(isStopping: () => boolean): Promise<FastifyInstance> {
  const app = Fastify()
  registerHealth(app, isStopping)
  registerOidc(app)
  registerDownloads(app)
  await app.ready()
  return app
}

async function createConsole({ host, port }: Address) {
  const console = next({ dev: false, dir: projectRoot(), hostname: host, port })
  await console.prepare()
  return console
}

/** Largest body that the console accepts; the API has limits of its own. */
const largestConsoleBody = 2 * 1024 * 1024

function withinLimit(door: Door): Door {
  return (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) <= largestConsoleBody) return door(request, response)
    response.writeHead(413, { connection: 'close' }).end()
  }
}

export async function openDoors(address: Address, isStopping: () => boolean): Promise<Doors> {
  const [api, open, pages] = await Promise.all([
    createApi(),
    createPublic(isStopping),
    createConsole(address),
  ])
  const handle = pages.getRequestHandler()
  const published = join(projectRoot(), '.next', 'static')
  const pageDoor = withinLimit(staticDoor(published, (request, response) => handle(request, response)))
  return {
    doorFor(url) {
      if (isApiPath(url)) return api.routing
      return publicPath.test(url) ? open.routing : pageDoor
    },
    async close() {
      await Promise.all([api.close(), open.close(), pages.close()])
    },
  }
}
