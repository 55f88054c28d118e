/** The product's API for tests of the command line: an embedded database, one person, one organization. */
import { afterAll, beforeAll } from 'vitest'
import { startCliLogin } from '@/lib/access/cli-login'
import { createAccessToken } from '@/lib/access/tokens'
import { createApi } from '@/server/api'
import { type TemporaryDatabase, temporaryDatabase } from '../support/database'
import { addOrganization, addPerson, type TestPerson } from '../support/installation'

export interface Service {
  readonly url: string
  readonly token: string
  /** What the console does when the person agrees to a login: a code for the waiting process. */
  agree(codeChallenge: string): Promise<string>
}

/** The person `alice`, who administers `acme`. The fields are there once the hooks have run. */
export function service(): Service {
  let running: Service | undefined
  let close = async () => {}
  beforeAll(async () => {
    const database: TemporaryDatabase = await temporaryDatabase()
    const api = await createApi()
    close = async () => {
      await api.close()
      await database.close()
    }
    const url = await api.listen({ host: '127.0.0.1', port: 0 })
    const alice: TestPerson = await addPerson('alice')
    await addOrganization('acme', { admin: alice })
    const { tokenValue } = await createAccessToken(alice.actor, { description: 'tests' })
    const agree = (codeChallenge: string) =>
      startCliLogin(alice.actor, { codeChallenge, description: 'tests' })
    running = { url, token: tokenValue, agree }
  })
  afterAll(() => close())
  const ready = (): Service => {
    if (!running) throw new Error('the service is there once the hooks have run')
    return running
  }
  return {
    get url() {
      return ready().url
    },
    get token() {
      return ready().token
    },
    agree: (challenge) => ready().agree(challenge),
  }
}

/** The variables with which a command line reaches a service without having logged in. */
export function variablesFor({ url, token }: Pick<Service, 'url' | 'token'>): Record<string, string> {
  return { PULUMI_BACKEND_URL: url, PULUMI_ACCESS_TOKEN: token }
}
