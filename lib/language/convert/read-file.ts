import { sameMeaning } from '../edit/compare'
import { formatData } from '../edit/data'
import { escapeText, unescapeText } from '../edit/escape'
import { formatKey, formatScalar } from '../edit/format'
import { readTree } from '../edit/read-tree'
import { setValue } from '../edit/set'
import { isString, nodeAt, scalarKind, type Tree, type TreeNode, type TreeScalar } from '../edit/tree'
import { wrapSecret } from '../edit/wrap'
import type { PropertyPath } from '../syntax/path'
import { isJsonArray, isJsonObject, type Json, numberText, setOwn } from '../text/json'
import { readJson } from '../text/json-read'
import { stringifyJson } from '../text/json-write'
import { type DotenvLine, readDotenv } from './dotenv'
import { guessSecret } from './guess-secret'

export type FileFormat = 'dotenv' | 'json' | 'yaml' | 'definition'

/** One value that the file sets. */
export interface FileValue {
  /** In the definition, below `values`. */
  readonly path: PropertyPath
  readonly text: string
  /** What refers to other values cannot be a secret of its own. */
  readonly mayBeSecret: boolean
  readonly looksSecret: boolean
}

export interface FileContent {
  readonly ok: true
  readonly format: FileFormat
  readonly values: readonly FileValue[]
  /** The definition, with these values as `fn::secret`. */
  define(secrets: ReadonlySet<FileValue>): string
}

export interface FileProblem {
  readonly ok: false
  /** From 1; absent when it is about the whole file. */
  readonly line?: number
  readonly message: string
}

/** Characters that are read of a file at most. */
const mostCharacters = 2 ** 20

/**
 * Reads a file of configuration: `.env`, JSON or YAML, told apart by the name and otherwise by the text. A YAML file
 * that is a definition already stays one; comments of YAML and `.env` files are kept.
 */
export function readFile({ name, text }: { name: string; text: string }): FileContent | FileProblem {
  if (text.length > mostCharacters) return problem('the file is larger than 1 MiB')
  if (text.includes('\0')) return problem('this is not a text file')
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase()
  if (extension === 'json') return readJsonFile(text)
  if (extension === 'yaml' || extension === 'yml') return readYamlFile(text)
  if (/(^|[./])env(\.|$)/i.test(name)) return readDotenvFile(text)
  if (/^\s*\{/.test(text)) return readJsonFile(text)
  return /^\s*(export\s+)?[A-Za-z_][\w.-]*=/m.test(text) ? readDotenvFile(text) : readYamlFile(text)
}

function problem(message: string, line?: number): FileProblem {
  return { ok: false, message, ...(line !== undefined && { line }) }
}

function readDotenvFile(text: string): FileContent | FileProblem {
  const read = readDotenv(text)
  if (!read.ok) return problem(read.message, read.line)
  const lines = lastOfEachName(read.lines)
  const names = new Set(lines.flatMap((line) => (line.kind === 'variable' ? [line.name] : [])))
  if (names.size === 0) return problem('the file sets no variable')
  const values = new Map<DotenvLine, FileValue & { written: string }>()
  for (const line of lines) {
    if (line.kind === 'comment') continue
    const written = line.expands ? expand(line.value, names) : escapeText(line.value)
    const path = ['environmentVariables', line.name]
    values.set(line, { ...fileValue(path, line.value, unescapeText(written) !== undefined), written })
  }
  const define = (secrets: ReadonlySet<FileValue>) => {
    const body = lines.flatMap((line) => {
      const value = values.get(line)
      if (line.kind === 'comment' || value === undefined) return line.kind === 'comment' ? [line.text] : []
      if (!secrets.has(value)) return entry(line.name, value.written)
      return [`${formatKey(line.name)}:`, ...indent(entry('fn::secret', line.value))]
    })
    return ['values:', ...indent(['environmentVariables:', ...indent(body)])].join('\n').concat('\n')
  }
  return { ok: true, format: 'dotenv', values: [...values.values()], define }
}

/** As in a shell, the last line wins. */
function lastOfEachName(lines: readonly DotenvLine[]): DotenvLine[] {
  const last = new Map<string, DotenvLine>()
  for (const line of lines) if (line.kind === 'variable') last.set(line.name, line)
  return lines.filter((line) => line.kind === 'comment' || last.get(line.name) === line)
}

/** References to variables of the same file become references; all else is meant as it is written. */
function expand(value: string, names: ReadonlySet<string>): string {
  const parts = value.split(/(\$\{\w+\})/)
  return parts
    .map((part) => {
      const name = /^\$\{(\w+)\}$/.exec(part)?.[1]
      return name !== undefined && names.has(name) ? `\${environmentVariables.${name}}` : escapeText(part)
    })
    .join('')
}

function entry(name: string, value: string): string[] {
  const [first = '', ...rest] = formatScalar(value, { inFlow: false, indent: 2 }).split('\n')
  return [`${formatKey(name)}: ${first}`, ...rest]
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`))
}

function readJsonFile(text: string): FileContent | FileProblem {
  const plain = text.replace(/^\ufeff/, '')
  const read = readJson(plain)
  const bytes = new TextEncoder().encode(plain)
  const line = new TextDecoder().decode(bytes.subarray(0, read.end)).split('\n').length
  if (!read.ok) return problem(read.reason === 'EOF' ? 'the file is empty' : read.reason, line)
  if (new TextDecoder().decode(bytes.subarray(read.end)).trim() !== '')
    return problem('there is text behind the end of the JSON value', line)
  const data = read.value
  if (!isJsonObject(data) || Object.keys(data).length === 0) return notAMapping
  const values = leavesOf(data, [])
  const define = (secrets: ReadonlySet<FileValue>) => {
    const chosen = new Set([...secrets].map(({ path }) => JSON.stringify(path)))
    return `${formatData({ values: defineData(data, [], chosen) })}\n`
  }
  return { ok: true, format: 'json', values, define }
}

const notAMapping = problem('the file has to hold names with values')

function leavesOf(data: Json, path: PropertyPath): FileValue[] {
  if (isJsonArray(data)) return data.flatMap((item, at) => leavesOf(item, [...path, at]))
  if (isJsonObject(data))
    return Object.entries(data).flatMap(([name, item]) => leavesOf(item, [...path, name]))
  const text = typeof data === 'string' ? data : data === null ? 'null' : literalText(data)
  return [fileValue(path, text, data !== null)]
}

function literalText(data: Exclude<Json, null | string | readonly Json[]>): string {
  return typeof data === 'boolean' || isJsonObject(data) ? String(data) : numberText(data)
}

function defineData(data: Json, path: PropertyPath, secrets: ReadonlySet<string>): Json {
  if (isJsonArray(data)) return data.map((item, at) => defineData(item, [...path, at], secrets))
  if (isJsonObject(data)) {
    const object: { [key: string]: Json } = {}
    for (const [name, item] of Object.entries(data))
      setOwn(object, name, defineData(item, [...path, name], secrets))
    return object
  }
  if (!secrets.has(JSON.stringify(path))) return typeof data === 'string' ? escapeText(data) : data
  if (typeof data === 'string') return { 'fn::secret': data }
  return { 'fn::fromJSON': { 'fn::secret': stringifyJson(data) } }
}

function readYamlFile(text: string): FileContent | FileProblem {
  const tree = readTree(text)
  const [first] = tree.diagnostics
  if (first !== undefined) return yamlProblem(first.summary)
  const [root, second] = tree.roots
  if (second !== undefined) {
    return problem('the file holds several documents', tree.source.positionAt(second.span[0]).line)
  }
  if (root?.kind !== 'map' || root.entries.length === 0) return notAMapping
  if (isDefinition(root)) return contentOf('definition', text)
  const nested = nestUnderValues(tree, root)
  return nested === undefined
    ? problem('the layout of this file cannot be taken over')
    : contentOf('yaml', nested)
}

/** The place is in the words of the diagnostic (language.md §4); its range is that of the document. */
function yamlProblem(summary: string): FileProblem {
  const [, line = '1', message = summary] = /^yaml: (?:line (\d+): )?(.*)$/s.exec(summary) ?? []
  return problem(message, Number(line))
}

const definitionKeys: ReadonlySet<string> = new Set(['description', 'imports', 'values'])

function isDefinition(root: TreeNode): boolean {
  return (
    root.kind === 'map' && root.entries.every(({ name }) => definitionKeys.has(name?.toLowerCase() ?? ''))
  )
}

/** All lines move below `values`, comments included; text that would begin a reference is escaped. */
function nestUnderValues({ source }: Tree, root: TreeNode): string | undefined {
  const lines = source.text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .trimEnd()
    .split('\n')
    .filter((line) => !/^(---|\.\.\.)\s*(#.*)?$/.test(line))
  const nested = `values:\n${indent(lines).join('\n')}\n`
  const moved = nodeAt(readTree(nested).roots[0], ['values'])
  return sameMeaning(moved, root) ? escapeStrings(nested) : undefined
}

function escapeStrings(text: string): string | undefined {
  const written = scalarsOf(nodeAt(readTree(text).roots[0], ['values']), ['values'])
  return written.reduce<string | undefined>((at, { path, node }) => {
    if (at === undefined || !isString(node) || escapeText(node.text) === node.text) return at
    const escaped = formatScalar(escapeText(node.text), { inFlow: node.inFlow, indent: 2 })
    const result = setValue(at, path, escaped)
    return result.ok ? result.text : undefined
  }, text)
}

function contentOf(format: FileFormat, text: string): FileContent {
  const values = scalarsOf(nodeAt(readTree(text).roots[0], ['values']), []).map(({ path, node }) => {
    const plain = unescapeText(node.text)
    return fileValue(path, plain ?? node.text, plain !== undefined && scalarKind(node) !== 'null')
  })
  const define = (secrets: ReadonlySet<FileValue>) =>
    [...secrets].reduce((at, { path }) => {
      const node = nodeAt(readTree(at).roots[0], ['values', ...path])
      const result = node && wrapSecret(at, node.span)
      return result?.ok ? result.text : at
    }, text)
  return { ok: true, format, values, define }
}

/** Scalars that are plain values: what stands in a call belongs to the call. */
function scalarsOf(
  node: TreeNode | undefined,
  path: PropertyPath,
): { path: PropertyPath; node: TreeScalar }[] {
  if (node?.kind === 'scalar') return [{ path, node }]
  if (node?.kind === 'seq') return node.items.flatMap((item, at) => scalarsOf(item.value, [...path, at]))
  if (node?.kind !== 'map') return []
  return node.entries.flatMap(({ name, value }) =>
    name === undefined || name.startsWith('fn::') ? [] : scalarsOf(value, [...path, name]),
  )
}

function fileValue(path: PropertyPath, text: string, isLiteral: boolean): FileValue {
  const name = path.findLast((element) => typeof element === 'string') ?? ''
  // The argument of `fn::secret` is read for references like any other text.
  const mayBeSecret = isLiteral && !/\$[${]/.test(text)
  return { path, text, mayBeSecret, looksSecret: mayBeSecret && guessSecret(String(name), text) }
}
