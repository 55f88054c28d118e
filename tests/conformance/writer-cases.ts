/** `yaml-edit/<case>`. */
export function runYamlEditCase(_folder: string): void {
  throw new Error('no writer yet')
}

/** `crypt/`. */
export function runCryptCase(_folder: string): void {
  throw new Error('no writer yet')
}

/** `rotate-writeback/`. */
export function runRotateWriteback(_folder: string): void {
  throw new Error('no writer yet')
}
