import { join } from 'node:path'
import type { Io } from '../io'

/** Where the login lives; the files are shared with the official command lines (cli.md §2). */
export interface CredentialPaths {
  /** Accounts and tokens of all backends. */
  readonly credentials: string
  /** Settings per backend, such as the default organization. */
  readonly config: string
  /** The backend this command line last logged in to. */
  readonly pointer: string
}

export function credentialPaths(io: Io): CredentialPaths {
  const home = io.env.PULUMI_HOME || join(io.home, '.pulumi')
  const shared = io.env.PULUMI_CREDENTIALS_PATH || home
  return {
    credentials: join(shared, 'credentials.json'),
    config: join(shared, 'config.json'),
    pointer: join(home, '.esc', 'credentials.json'),
  }
}
