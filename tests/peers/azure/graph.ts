/** The client secrets of app registrations, for whoever has a token of Entra for Microsoft Graph. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { bearerOf, type DoubleAnswer, DoubleFault, type DoubleRequest } from '../double'

export interface AppRegistration {
  id: string
  appId: string
  passwordCredentials: {
    keyId: string
    displayName: string | null
    secretText: string
    endDateTime: string
  }[]
}

const addition = z.object({
  passwordCredential: z.object({ displayName: z.string(), endDateTime: z.iso.datetime() }),
})

export function graph(
  request: DoubleRequest,
  applications: AppRegistration[],
  issued: ReadonlySet<string>,
): DoubleAnswer {
  const token = bearerOf(request)
  if (token === undefined || !issued.has(token) || !token.includes('https://graph.microsoft.com/.default')) {
    throw fault(401, 'InvalidAuthenticationToken', 'Access token is empty.')
  }
  const [, , , id, action] = request.path.split('/')
  if (id === undefined) return list(request, applications)
  const application = applications.find((each) => each.id === id)
  if (!application) throw fault(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`)
  const body: unknown = JSON.parse(request.body)
  if (action === 'addPassword') return add(application, body)
  if (action === 'removePassword') return remove(application, body)
  throw fault(400, 'BadRequest', 'Unknown segment.')
}

function list({ query }: DoubleRequest, applications: AppRegistration[]): DoubleAnswer {
  const [, appId] = /^appId eq '([^']*)'$/.exec(query.get('$filter') ?? '') ?? []
  const found = applications.filter((each) => each.appId === appId)
  const value = found.map(({ id, passwordCredentials }) => ({
    id,
    passwordCredentials: passwordCredentials.map(({ secretText: _, ...credential }) => credential),
  }))
  return { status: 200, body: { value } }
}

function add({ passwordCredentials }: AppRegistration, body: unknown): DoubleAnswer {
  const { displayName, endDateTime } = addition.parse(body).passwordCredential
  const credential = { keyId: randomUUID(), displayName, secretText: `azure~${randomUUID()}`, endDateTime }
  passwordCredentials.push(credential)
  return { status: 200, body: { ...credential, startDateTime: new Date().toISOString() } }
}

function remove({ passwordCredentials }: AppRegistration, body: unknown): DoubleAnswer {
  const { keyId } = z.object({ keyId: z.string() }).parse(body)
  const at = passwordCredentials.findIndex((each) => each.keyId === keyId)
  if (at < 0) throw fault(400, 'Request_BadRequest', `No password credential found with keyId ${keyId}.`)
  passwordCredentials.splice(at, 1)
  return { status: 204 }
}

function fault(status: number, code: string, message: string): DoubleFault {
  return new DoubleFault({ status, body: { error: { code, message } } })
}
