/** An organization with environments whose secrets are rotated, as a person who may do everything sees it. */
import * as z from 'zod'
import { database } from '@/lib/db'
import { createEnvironment } from '@/lib/environments/create'
import { openEnvironment } from '@/lib/environments/open'
import { readOpenSession } from '@/lib/environments/open-session'
import { readEnvironment } from '@/lib/environments/read'
import { saveEnvironment } from '@/lib/environments/save'
import { isFailure } from '@/lib/failure'
import { propertiesToJson } from '@/lib/language'
import { type Rotated, type RotateOptions, rotateEnvironment } from '@/lib/rotation/rotate'
import { addOrganization, addPerson, type TestPerson } from '@/tests/support/installation'

export interface World {
  person: TestPerson
  reference(name: string): { organization: string; project: string; name: string }
  /** Creates the environment `app/name`. */
  add(name: string, definition: string): Promise<void>
  text(name: string): Promise<string>
  /** What `values.it` opens to. */
  open(name: string): Promise<unknown>
  rotate(name: string, options?: RotateOptions): Promise<Rotated['event']>
  /** Rotates, waiting while a rotation that died still keeps others out. */
  recover(name: string): Promise<Rotated['event']>
  /** Audit events about rotation, the oldest first, with their status. */
  story(name: string): Promise<string[]>
}

const opened = z.object({ it: z.unknown() })
const withStatus = z.object({ status: z.string() })

export async function makeWorld(organization = 'acme'): Promise<World> {
  const person = await addPerson('ada')
  await addOrganization(organization, { admin: person })
  const { actor } = person
  const reference = (name: string) => ({ organization, project: 'app', name })
  const rotate: World['rotate'] = async (name, options) =>
    (await rotateEnvironment(actor, { ...reference(name), paths: [] }, options)).event
  return {
    person,
    reference,
    rotate,
    async add(name, definition) {
      await createEnvironment(actor, reference(name))
      await saveEnvironment(actor, { ...reference(name), definition })
    },
    text: async (name) => (await readEnvironment(actor, reference(name))).definition,
    async open(name) {
      const { id } = await openEnvironment(actor, reference(name))
      const { properties } = await readOpenSession(actor, { ...reference(name), id })
      return opened.parse(propertiesToJson(properties, { secrets: 'show' })).it
    },
    async recover(name) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await rotate(name)
        } catch (error) {
          if (attempt === 100 || !isFailure(error) || error.code !== 'conflict') throw error
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
      }
    },
    async story(name) {
      const where = { environment: `app/${name}` }
      const rows = await database().auditEvent.findMany({ where, orderBy: { sequence: 'asc' } })
      return rows
        .filter(({ event }) => event.includes('rotat'))
        .map(({ event, data }) => [event, withStatus.safeParse(data).data?.status ?? ''].join(' ').trim())
    },
  }
}
