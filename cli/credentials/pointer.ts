import { isObject } from '../client/decode'
import { JsonSyntaxError, parseJson } from '../client/json'
import { Failure } from '../failure'
import type { Io } from '../io'
import { writeJson } from '../output/json'
import { readPrivate, writePrivate } from './files'
import { credentialPaths } from './paths'

/** The backend this command line last logged in to; undefined = use the account of the `pulumi` command line. */
export function readPointer(io: Io): string | undefined {
  const text = readPrivate(credentialPaths(io).pointer)
  if (text === undefined || text.trim() === '') return undefined
  try {
    const document = parseJson(text)
    const name = isObject(document) ? document.get('name') : undefined
    return typeof name === 'string' && name !== '' ? name : undefined
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    throw new Failure(
      'CREDENTIALS',
      `please re-run \`esc login\` to reset your credentials file. (${error.message})`,
    )
  }
}

/** `undefined` hands the choice back to the `pulumi` command line. */
export function writePointer(io: Io, url: string | undefined): void {
  writePrivate(credentialPaths(io).pointer, writeJson({ name: url ?? '' }, { indent: 4, sorted: false }))
}
