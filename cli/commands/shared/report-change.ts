import type { Io } from '../../io'
import { paintFor } from '../../output/colour'
import { hasErrors, propertyStyle } from '../../output/diagnostics'
import type { Submission } from './submit'

/** Tells what became of a change that is silent when it succeeds: findings, and the change request if there is one. */
export function reportChange(io: Io, { diagnostics, message }: Submission): void {
  io.stderr.write(propertyStyle(diagnostics, paintFor(io, io.stderr)))
  if (message !== undefined && !hasErrors(diagnostics)) io.stdout.write(message)
}
