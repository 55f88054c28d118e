import { StartupError } from '@/lib/startup-error'
import { masterKey } from './keyring'
import { adoptNextKey, findMasterKey, parseMasterKey, prepareNextKey } from './master-key'
import { type MasterRekeyReport, rekeyMaster } from './rekey-master'

export interface MasterKeyReplacement {
  dataDirectory: string
  /** Base64; absent = make one, for an installation whose key was generated into the data folder. */
  next?: string | undefined
}

/**
 * A generated key is on disk before anything is sealed with it, and becomes the generated one afterwards; a start in
 * between finds both and takes the one that opens the database.
 *
 * @throws StartupError `config_invalid`, `master_key_weak`, `master_key_missing`
 */
export async function replaceMasterKey({
  dataDirectory,
  next,
}: MasterKeyReplacement): Promise<MasterRekeyReport> {
  if (next !== undefined) return rekeyMaster(parseMasterKey(next, 'The new master key'))
  const generated = await findMasterKey({ dataDirectory })
  if (generated?.id !== masterKey().id) {
    throw new StartupError(
      'master_key_missing',
      'This server was given its master key; give the new one too (rekey-master --key-file F).',
    )
  }
  const report = await rekeyMaster(await prepareNextKey(dataDirectory))
  await adoptNextKey(dataDirectory)
  return report
}
