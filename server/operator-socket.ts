import { join } from 'node:path'

/** What an operator's command prints, and whether everything is as it should be. */
export interface OperatorAnswer {
  lines: string[]
  ok: boolean
}

export function operatorSocket(dataDirectory: string): string {
  return join(dataDirectory, 'operator.sock')
}
