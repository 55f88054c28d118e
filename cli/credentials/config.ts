import { isObject } from '../client/decode'
import { type Json, JsonSyntaxError, parseJson } from '../client/json'
import { Failure } from '../failure'
import type { Io } from '../io'
import { writeJson } from '../output/json'
import { readPrivate, withLock, writePrivate } from './files'
import { credentialPaths } from './paths'

/** The organization that references without one mean on this backend, if one is set here. */
export function readDefaultOrganization(io: Io, url: string): string | undefined {
  const backend = backendsOf(readConfig(credentialPaths(io).config)).get(url)
  const name = isObject(backend) ? backend.get('defaultOrg') : undefined
  return typeof name === 'string' && name !== '' ? name : undefined
}

export async function writeDefaultOrganization(io: Io, url: string, organization: string): Promise<void> {
  await changeBackends(io, (backends) => {
    const backend = backends.get(url)
    const settings = new Map<string, Json>(isObject(backend) ? backend : [])
    backends.set(url, settings.set('defaultOrg', organization))
  })
}

/** Forgets the settings of a backend. */
export async function removeBackendConfig(io: Io, url: string): Promise<void> {
  if (backendsOf(readConfig(credentialPaths(io).config)).has(url)) {
    await changeBackends(io, (backends) => backends.delete(url))
  }
}

async function changeBackends(io: Io, change: (backends: Map<string, Json>) => void): Promise<void> {
  const path = credentialPaths(io).config
  await withLock(io, path, () => {
    const config = readConfig(path)
    const backends = backendsOf(config)
    change(backends)
    config.set('backends', backends)
    writePrivate(path, writeJson(config, { indent: 4, sorted: false }))
  })
}

function readConfig(path: string): Map<string, Json> {
  const text = readPrivate(path)
  if (text === undefined || text.trim() === '') return new Map()
  try {
    const config = parseJson(text)
    return new Map(isObject(config) ? config : [])
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    throw new Failure('CREDENTIALS', `${path} is not valid JSON`)
  }
}

function backendsOf(config: ReadonlyMap<string, Json>): Map<string, Json> {
  const backends = config.get('backends')
  return new Map(isObject(backends) ? backends : [])
}
