import type { Settings } from '../../client/settings'
import { Failure } from '../../failure'

/** A setting of an environment as the command line shows it. */
export interface Setting {
  readonly name: string
  readonly read: (settings: Settings) => string
  readonly parse: (text: string) => Partial<Settings>
}

/** Every setting; `env settings` knows no others. */
export const settingsRegistry: readonly Setting[] = [
  {
    name: 'deletion-protected',
    read: (settings) => String(settings.deletionProtected),
    parse: (text) => ({ deletionProtected: parseBoolean('deletion-protected', text) }),
  },
]

export function settingNamed(name: string): Setting {
  const setting = settingsRegistry.find((candidate) => candidate.name === name)
  if (!setting) throw new Failure('USAGE', `unknown setting name: ${name}`)
  return setting
}

function parseBoolean(name: string, text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  throw new Failure('USAGE', `invalid value for ${name}: ${text} (expected true or false)`)
}
