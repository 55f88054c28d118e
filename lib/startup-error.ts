/** Why the server does not start. Codes are stable; messages are one line, say what to do, and hold no value. */
export type StartupErrorCode =
  | 'config_invalid'
  | 'data_folder_in_use'
  | 'data_folder_unusable'
  | 'database_unreachable'
  | 'database_newer'
  | 'migration_changed'
  | 'migration_failed'
  | 'master_key_missing'
  | 'master_key_wrong'
  | 'master_key_weak'
  | 'port_in_use'
  | 'listen_failed'
  | 'setup_failed'

export class StartupError extends Error {
  override readonly name = 'StartupError'
  readonly code: StartupErrorCode

  constructor(code: StartupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
