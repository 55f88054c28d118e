export interface CliBuild {
  /** Where the program is written; `dist/cli` unless given. */
  directory?: string
  /** The module that runs; the command line itself unless given. */
  entry?: string
  /** The file name of the program. */
  name?: string
}

/** Bundles the command line into one file and returns its path. */
export function buildCli(options?: CliBuild): Promise<string>
