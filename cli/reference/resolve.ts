import { environmentExists, listEnvironments } from '../client/environments'
import type { Session } from '../credentials/session'
import { whoAmI } from '../credentials/token'
import { Failure } from '../failure'
import { paintFor } from '../output/colour'
import { type EnvironmentName, fullName, parseReference, type Reference } from './reference'

export interface Resolved extends EnvironmentName {
  /** A revision number or tag; empty for none. */
  readonly version: string
}

/** The environment that a text means, for one that exists (http-api.md §10.2). */
export async function resolveExisting(session: Session, text: string): Promise<Resolved> {
  const { name, parts, version } = parseReference(text)
  const [first = '', second = ''] = parts
  if (parts.length !== 2) return { ...(await plainName(session, parts)), version }
  const inProject = { organization: await session.organization(), project: first, environment: second }
  const inDefault = { organization: first, project: 'default', environment: second }
  const [project, legacy] = await Promise.all([
    environmentExists(session.api, inProject),
    environmentExists(session.api, inDefault),
  ])
  if (project && legacy && fullName(inProject) !== fullName(inDefault)) {
    throw new Failure(
      'REFERENCE',
      `ambiguous path provided\n\nEnvironments found at both '${fullName(inProject)}' and '${name.replace('/', '/default/')}'.\nPlease specify the full path as <org-name>/<project-name>/<env-name>`,
    )
  }
  if (!legacy || project) return { ...inProject, version }
  warnAmbiguous(session, name, inDefault)
  return { ...inDefault, version }
}

/** A reference of two parts or more in which the project must be named; the reading with a project wins. */
export async function resolveWithProject(session: Session, reference: Reference): Promise<Resolved> {
  const { parts, version } = reference
  const [first = '', second = ''] = parts
  if (parts.length === 1) throw withoutProject()
  if (parts.length > 2) return { ...(await plainName(session, parts)), version }
  const name = { organization: await session.organization(), project: first, environment: second }
  if (await environmentExists(session.api, name)) return { ...name, version }
  const legacy = { organization: first, project: 'default', environment: second }
  if (!(await environmentExists(session.api, legacy))) return { ...name, version }
  throw withoutProject()
}

function withoutProject(): Failure {
  return new Failure(
    'REFERENCE',
    "referring to an environment name ('env' or 'org/env') without a project is not supported",
  )
}

/** The environment that a text means, for one that will be created (cli.md §4). */
export async function resolveNew(session: Session, text: string): Promise<Resolved> {
  const { name, parts, version } = parseReference(text)
  const [first = '', second = ''] = parts
  if (parts.length !== 2) return { ...(await plainName(session, parts)), version }
  const inProject = { organization: await session.organization(), project: first, environment: second }
  const { url, backend } = { url: session.url, backend: session.api.backend }
  const [environments, who] = await Promise.all([
    listEnvironments(session.api),
    whoAmI(session.io, url, { accessToken: backend.token, insecure: backend.insecure }),
  ])
  const isOrganization = who?.organizations.some((organization) => sameName(organization, first)) ?? false
  if (!isOrganization) return { ...inProject, version }
  const isProject = environments.some((environment) => sameName(environment.project, first))
  const chosen = isProject ? inProject : { organization: first, project: 'default', environment: second }
  warnAmbiguous(session, name, chosen)
  return { ...chosen, version }
}

/** One part is an environment of the project `default`; parts after the second are joined, as upstream does. */
async function plainName(session: Session, parts: readonly string[]): Promise<EnvironmentName> {
  const [first = '', second = '', ...rest] = parts
  if (parts.length === 1)
    return { organization: await session.organization(), project: 'default', environment: first }
  return { organization: first, project: second, environment: rest.join('') }
}

function warnAmbiguous(session: Session, name: string, resolved: EnvironmentName): void {
  const { io } = session
  const text = `warning: environment reference "${name}" is ambiguous (resolved to ${fullName(resolved)}). Use <org>/<project>/<environment> instead.`
  io.stderr.write(`${paintFor(io, io.stderr)('warning', text)}\n`)
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
