import { referenceAt } from '../edit/references'
import { SourceText, type Span } from '../edit/source'
import type { ExportedValue } from '../eval/evaluation'
import { JsonNumber } from '../text/json'
import { expectedAt } from './complete-arguments'
import { readCall } from './functions'
import { callOf, readOutline } from './outline'
import { notesOf, typeInWords } from './schema-view'
import { type Known, Scope, textOf } from './scope'
import { callIndex, type Spot, spotAt } from './spot'
import type { Hover, LanguageContext, Origin } from './types'

type Facts = Omit<Hover, 'range' | 'contents'>

/** What is known of the thing at an offset; see `LanguageService.hover`. */
export function hover(text: string, offset: number, context: LanguageContext): Hover | undefined {
  const scope = new Scope(readOutline(text, offset), context)
  const spot = spotAt(scope.outline.tree.roots[0], offset)
  if (spot === undefined || spot.node.kind === 'map' || spot.node.kind === 'seq') return undefined
  const found = factsAt({ text, offset, scope, spot })
  if (found === undefined) return undefined
  const range = new SourceText(text).range(found.span ?? spot.node.span)
  return { range, ...found.facts, contents: paragraphs(found.facts) }
}

interface Question {
  readonly text: string
  readonly offset: number
  readonly scope: Scope
  readonly spot: Spot
}

type Answer = { readonly facts: Facts; readonly span?: Span } | undefined

function factsAt(question: Question): Answer {
  const [top, ...path] = question.spot.path
  const section = typeof top === 'string' ? top.toLowerCase() : undefined
  if (section === 'imports' && path.length > 0) return hoverImport(question)
  if (section !== 'values' || path.length === 0) return undefined
  return hoverSecret(question) ?? hoverReference(question) ?? hoverCall(question) ?? hoverValue(question)
}

function hoverImport({ spot, scope }: Question): Answer {
  const written = textOf(spot.node) ?? ''
  const [name = ''] = written.split('@')
  const environment = scope.context.environments.find((candidate) => candidate.name === name)
  if (environment === undefined) return undefined
  const { description } = environment
  return {
    facts: { title: written, type: 'environment', ...(description === undefined ? {} : { description }) },
  }
}

/** Of the argument of `fn::secret` nothing is told but that it is a secret. */
function hoverSecret({ spot }: Question): Answer {
  const call = callIndex(spot.path)
  if (spot.path[call] !== 'fn::secret') return undefined
  if (spot.role === 'key' && call === spot.path.length - 1) return undefined
  return { facts: { type: 'string', secret: true } }
}

function hoverReference({ text, offset, scope, spot }: Question): Answer {
  if (spot.role === 'key' || spot.node.kind !== 'scalar') return undefined
  const reference = referenceAt(text, spot.node, offset)
  if (reference === undefined) return undefined
  const known = scope.resolve(reference.path)
  const title = reference.path.join('.')
  return {
    facts: known === undefined ? { title } : { title, ...factsOf(known, 'evaluated') },
    span: reference.span,
  }
}

/** The key of a call, or an argument that the call describes. */
function hoverCall({ scope, spot }: Question): Answer {
  const path = spot.path.slice(1)
  const at = callIndex(path)
  if (at < 0) return undefined
  if (at === path.length - 1 && spot.role === 'key') return hoverFunction(scope, String(path[at]))
  const expected = expectedAt({ scope }, path)
  if (expected === undefined) return undefined
  const { description, deprecated, secret } = notesOf(expected)
  const facts: Facts = {
    title: String(path.at(-1)),
    type: typeInWords(expected),
    ...(description === undefined ? {} : { description }),
    ...(deprecated ? { deprecated } : {}),
    ...(secret ? { secret } : {}),
  }
  return { facts }
}

function hoverFunction(scope: Scope, key: string): Answer {
  const call = readCall(key)
  if (call === undefined) return undefined
  const kind = call.info.name === 'fn::open' ? 'provider' : 'rotator'
  const provider = call.provider === undefined ? undefined : scope.provider(kind, call.provider)
  const description = [call.info.description, provider?.description]
    .filter((part) => part !== undefined)
    .join('\n\n')
  const { documentation } = provider ?? {}
  return { facts: { title: key, description, ...(documentation === undefined ? {} : { documentation }) } }
}

function hoverValue({ scope, spot }: Question): Answer {
  const path = spot.path.slice(1)
  const known = scope.resolve(path)
  if (known === undefined) return undefined
  return { facts: { title: path.join('.'), ...factsOf(known, 'written') } }
}

/** `written`: the value stands in the text already and is not repeated. */
function factsOf({ node, view, value }: Known, source: 'written' | 'evaluated'): Facts {
  const notes = view === undefined ? {} : notesOf(view)
  const secret = notes.secret || value?.secret || callOf(node)?.info.name === 'fn::secret'
  const shown = secret || source === 'written' ? undefined : scalarText(value)
  const origin = originsOf(value)
  return {
    type: view === undefined ? typeOfValue(value) : typeInWords(view),
    ...(origin.length > 0 ? { origin } : {}),
    ...(secret ? { secret: true } : {}),
    ...(value?.unknown ? { unknown: true } : {}),
    ...(shown === undefined ? {} : { value: shown }),
    ...(notes.description === undefined ? {} : { description: notes.description }),
    ...(notes.deprecated ? { deprecated: true } : {}),
  }
}

function scalarText(value: ExportedValue | undefined): string | undefined {
  const inner = value?.value
  if (inner instanceof JsonNumber) return inner.text
  return typeof inner === 'object' || inner === undefined ? undefined : String(inner)
}

function typeOfValue(value: ExportedValue | undefined): string {
  const inner = value?.value
  if (inner === undefined) return 'any'
  if (inner instanceof JsonNumber) return 'number'
  return Array.isArray(inner) ? 'array' : typeof inner
}

function originsOf(value: ExportedValue | undefined): readonly Origin[] {
  const origins: Origin[] = []
  for (let at = value; at !== undefined; at = at.trace.base) {
    const { environment, begin } = at.trace.def
    if (environment === undefined) continue
    origins.push(begin.line === 0 ? { environment } : { environment, line: begin.line, column: begin.column })
  }
  return origins
}

function paragraphs(facts: Facts): string[] {
  const state = [
    facts.secret && 'secret',
    facts.unknown && 'known when opened',
    facts.deprecated && 'deprecated',
  ]
  const type = [...state, facts.type].filter((word) => typeof word === 'string').join(', ')
  const head = facts.title === undefined ? type : type === '' ? facts.title : `${facts.title}: ${type}`
  const [made, ...overridden] = (facts.origin ?? []).map(originText)
  return [
    head,
    facts.value === undefined ? '' : `= ${facts.value}`,
    facts.description ?? '',
    made === undefined ? '' : `from ${made}`,
    overridden.length === 0 ? '' : `overrides ${overridden.join(', ')}`,
    facts.documentation ?? '',
  ].filter((paragraph) => paragraph !== '')
}

function originText({ environment, line }: Origin): string {
  return line === undefined ? environment : `${environment}, line ${line}`
}
