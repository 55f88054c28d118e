import type { EnvironmentName } from '../reference/reference'
import type { Api } from './api'
import { asObject, flag } from './decode'
import { environmentPath } from './environments'

export interface Settings {
  readonly deletionProtected: boolean
}

export async function readSettings(api: Api, name: EnvironmentName): Promise<Settings> {
  const settings = asObject(await api.json({ path: environmentPath(name, 'settings') }), 'settings')
  return { deletionProtected: flag(settings, 'deletionProtected') }
}

export async function updateSettings(
  api: Api,
  name: EnvironmentName,
  change: Partial<Settings>,
): Promise<void> {
  await api.send({ method: 'PATCH', path: environmentPath(name, 'settings'), body: JSON.stringify(change) })
}
