import { placeholderOf } from './json'
import type { PreviewNode } from './model'

export interface LineOptions {
  secrets: 'show' | 'mask'
}

/** The environment variables as a `.env` file. */
export function toDotenv(variables: readonly PreviewNode[], options: LineOptions): string {
  return lines(variables, options, (name, value) => `${name}=${doubleQuoted(value)}`)
}

/** The environment variables as commands of a POSIX shell. */
export function toShell(variables: readonly PreviewNode[], options: LineOptions): string {
  return lines(variables, options, (name, value) => `export ${name}=${singleQuoted(value)}`)
}

function lines(
  variables: readonly PreviewNode[],
  { secrets }: LineOptions,
  write: (name: string, value: string) => string,
): string {
  return variables
    .filter(({ kind }) => kind !== 'object' && kind !== 'array')
    .map((node) => write(node.name, textOf(node, secrets)))
    .join('\n')
}

function textOf(node: PreviewNode, secrets: LineOptions['secrets']): string {
  const hidden = node.state === 'secret' && secrets === 'mask'
  return hidden || node.text === undefined ? placeholderOf(node) : node.text
}

function doubleQuoted(value: string): string {
  return `"${value.replace(/[\\"$`]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`
}

function singleQuoted(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`
}
