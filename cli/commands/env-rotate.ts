import { type RotationResult, rotateEnvironment } from '../client/rotate'
import { Failure } from '../failure'
import { type Paint, paintFor } from '../output/colour'
import { propertyStyle } from '../output/diagnostics'
import { any } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentAtVersion } from './shared/environment'
import { propertyPath } from './shared/property-path'
import { referenceUsage } from './shared/reference-argument'

export const command = defineCommand({
  usage: `${referenceUsage} [path(s) to rotate]`,
  long: `Rotate secrets in an environment

Without paths every rotated secret of the environment is rotated. The result is a new revision.`,
  options: {},
  args: any,
  async run(call) {
    const { io } = call
    const { session, name, reference, rest } = await environmentAtVersion(call)
    const { version } = name
    if (version !== '') {
      throw new Failure('USAGE', 'the rotate command does not accept environments at specific versions')
    }
    for (const path of rest) propertyPath(path, `'${path}' is an invalid property path`)
    const result = await rotateEnvironment(session.api, name, rest)
    io.stderr.write(propertyStyle(result.diagnostics, paintFor(io, io.stderr)))
    io.stdout.write(report(result, reference, paintFor(io)))
    return undefined
  },
})

function report(
  { status, errorMessage, newRevision, failed }: RotationResult,
  reference: string,
  paint: Paint,
): string {
  const lines = []
  if (status === 'succeeded') lines.push(`Environment '${reference}' rotated.`)
  if (status === 'failed') {
    lines.push(
      errorMessage
        ? paint('error', `Error rotating: ${errorMessage}.`)
        : paint('warning', `Environment '${reference}' rotated with errors.`),
    )
  }
  if (newRevision !== undefined) lines.push(`New revision '${newRevision}' was created.`)
  if (failed.length > 0)
    lines.push(
      '',
      paint('error', 'Failed secrets:'),
      ...failed.map(({ path, error }) => `Path: ${path}, error: ${error}`),
    )
  return lines.map((line) => `${line}\n`).join('')
}
