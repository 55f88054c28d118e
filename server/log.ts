/** What the server says on its terminal: one line each, never a value that could be secret. */

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Where an unexpected error came from. Its message stays unsaid: it may quote what was sent or stored (L01). */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return 'a value that is not an error was thrown'
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [`${error.name}${code}`, ...frames.slice(0, 8)].join('\n')
}
