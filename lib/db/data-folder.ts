/**
 * The folder that holds the embedded database and generated keys. PGlite creates its files for everybody (0666, whatever
 * the umask), so the folder itself keeps others out.
 */
import { chmod, mkdir, readdir, stat } from 'node:fs/promises'
import { StartupError } from '@/lib/startup-error'

const ours = new Set(['database', 'lock', 'master.key', 'master.key.next', 'operator.sock'])

function unusable(directory: string, why: string): StartupError {
  return new StartupError('data_folder_unusable', `The data folder ${directory} ${why} (OPENESC_DATA_DIR).`)
}

async function makePrivate(directory: string): Promise<void> {
  const { uid, mode } = await stat(directory)
  if (process.getuid && uid !== process.getuid()) {
    throw unusable(directory, 'belongs to another user; choose one of your own')
  }
  if ((mode & 0o077) === 0 || process.platform === 'win32') return
  const strangers = (await readdir(directory)).filter((name) => !ours.has(name))
  if (strangers.length > 0) {
    throw unusable(
      directory,
      'is open to other users and holds other files; choose an empty one or chmod it to 700',
    )
  }
  await chmod(directory, 0o700)
}

/**
 * Creates the folder with mode 0700, or makes an existing one private.
 *
 * @throws StartupError `data_folder_unusable`
 */
export async function prepareDataFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await makePrivate(directory)
  } catch (error) {
    if (error instanceof StartupError) throw error
    throw unusable(directory, 'cannot be created or read')
  }
}
