/**
 * Finds every authorization call and every tenant condition in a source text, and rewrites the text so that each can be
 * switched off by its id while the program runs: one instrumented program holds all mutants, which is what makes asking
 * about hundreds of them quick.
 */
import { parseSync } from 'oxc-parser'
import { z } from 'zod'

export interface Mutant {
  /** Stays the same while lines move: file, enclosing declaration, what is switched off, and which one of these. */
  id: string
  line: number
}

export interface Instrumented {
  code: string
  mutants: Mutant[]
}

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

interface Place {
  source: string
  node: Node
  /** Outermost first. */
  ancestors: readonly Node[]
}

/** What to insert where; nothing is ever removed, so that places may lie inside one another. */
interface Change {
  what: string
  insertions: [offset: number, text: (off: string) => string][]
}

const nodeShape = z.looseObject({ type: z.string(), start: z.number(), end: z.number() })

function isNode(value: unknown): value is Node {
  return nodeShape.safeParse(value).success
}

export function instrument(file: string, source: string): Instrumented {
  const counts = new Map<string, number>()
  const mutants: Mutant[] = []
  const insertions: [offset: number, text: string][] = []
  visit(parseSync(file, source).program, [], (node, ancestors) => {
    for (const change of changesAt({ source, node, ancestors })) {
      const base = `${file} ${declarationOf(ancestors)}: ${change.what}`
      const count = (counts.get(base) ?? 0) + 1
      counts.set(base, count)
      const id = count === 1 ? base : `${base} (${count})`
      mutants.push({ id, line: source.slice(0, node.start).split('\n').length })
      const off = `globalThis.mutants?.isOff(${JSON.stringify(id)})`
      for (const [offset, text] of change.insertions) insertions.push([offset, text(off)])
    }
  })
  return { code: insertAll(source, insertions), mutants }
}

function insertAll(source: string, insertions: readonly [number, string][]): string {
  let code = source
  for (const [offset, text] of insertions.toSorted(([a], [b]) => b - a)) {
    code = code.slice(0, offset) + text + code.slice(offset)
  }
  return code
}

function visit(
  value: unknown,
  ancestors: readonly Node[],
  see: (node: Node, ancestors: readonly Node[]) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, ancestors, see)
    return
  }
  if (!isNode(value)) return
  see(value, ancestors)
  const inside = [...ancestors, value]
  for (const child of Object.values(value)) if (typeof child === 'object') visit(child, inside, see)
}

/** The outermost named thing around a place. */
function declarationOf(ancestors: readonly Node[]): string {
  for (const { type, id } of ancestors) {
    if (/Declarat/.test(type) && isNode(id) && typeof id.name === 'string') return id.name
  }
  return 'module'
}

function changesAt(place: Place): Change[] {
  switch (place.node.type) {
    case 'CallExpression':
      return callChange(place)
    case 'Property':
      return conditionChange(place)
    case 'BinaryExpression':
      return comparisonChange(place)
    case 'TemplateLiteral':
      return sqlChanges(place)
    default:
      return []
  }
}

/** The call asks for whoever may everything, or is left out. */
const calls: Record<
  string,
  | 'as-operator'
  | 'all-grants'
  | 'nothing'
  | 'allowed'
  | 'yes'
  | 'everything'
  | 'always'
  | 'principal'
  | 'signed-in'
> = {
  requireEnvironment: 'as-operator',
  requireOrganization: 'as-operator',
  permissionOn: 'all-grants',
  requireCovering: 'nothing',
  requireCoveringOn: 'nothing',
  requireAddressee: 'nothing',
  requireInviterStillMay: 'nothing',
  requireNotOutliving: 'nothing',
  requireAnotherAdmin: 'nothing',
  requireGivable: 'nothing',
  may: 'allowed',
  isEligible: 'yes',
  mayApply: 'yes',
  mayApprove: 'yes',
  mayBypass: 'yes',
  mayClose: 'yes',
  environmentsAllowing: 'everything',
  environmentsAllowingSql: 'always',
  requirePerson: 'principal',
  requireActor: 'signed-in',
}

function callChange({ source, node, ancestors }: Place): Change[] {
  const { callee, arguments: given } = node
  if (!isNode(callee) || callee.type !== 'Identifier' || !Array.isArray(given)) return []
  const name = String(callee.name)
  const how = Object.hasOwn(calls, name) ? calls[name] : undefined
  if (how === undefined) return []
  const text = source.slice(node.start, node.end).replace(/\s+/g, ' ')
  const argument = (at: number): Node => nodeShape.parse(given[at])
  const whole = (other: () => string) => statement(instead(node, text, other), ancestors)
  switch (how) {
    case 'as-operator':
      return [instead(argument(1), text, () => 'globalThis.mutants.operator')]
    case 'all-grants':
      return [instead(argument(0), text, (it) => `globalThis.mutants.omnipotent(${it})`, source)]
    case 'nothing':
      return [whole(() => 'undefined')]
    case 'allowed':
      return [whole(() => 'globalThis.mutants.allowed')]
    case 'yes':
      return [whole(() => 'true')]
    case 'everything':
      return [whole(() => '{}')]
    case 'always':
      return [whole(() => 'globalThis.mutants.always')]
    case 'principal':
      return [whole(() => `(${source.slice(argument(0).start, argument(0).end)}).principal`)]
    case 'signed-in':
      return [whole(() => 'Promise.resolve(globalThis.mutants.operator)')]
  }
}

function instead(node: Node, what: string, other: (it: string) => string, source = ''): Change {
  return {
    what,
    insertions: [
      [node.start, (off) => `(${off} ? ${other(source.slice(node.start, node.end))} : (`],
      [node.end, () => '))'],
    ],
  }
}

/** A statement that begins with a parenthesis would go on the one before, since nothing else divides them in a block. */
function statement(change: Change, ancestors: readonly Node[]): Change {
  const [first, ...others] = change.insertions
  const [block, parent] = ancestors.slice(-2)
  const stands =
    parent?.type === 'ExpressionStatement' && /^(BlockStatement|Program)$/.test(block?.type ?? '')
  if (first === undefined || !stands) return change
  const [offset, text] = first
  return { ...change, insertions: [[offset, (off) => `;${text(off)}`], ...others] }
}

/** `organizationId` in the condition of a query; Prisma takes an undefined one for none. */
function conditionChange({ source, node, ancestors }: Place): Change[] {
  const { key, value, shorthand } = node
  if (!isNode(key) || !isNode(value) || key.name !== 'organizationId' || !isCondition(ancestors)) return []
  const what = source.slice(node.start, node.end)
  if (shorthand !== true) return [instead(value, what, () => 'undefined')]
  const insertion: Change['insertions'][0] = [node.end, (off) => `: (${off} ? undefined : ${what})`]
  return [{ what, insertions: [insertion] }]
}

function isCondition(ancestors: readonly Node[]): boolean {
  const names = ancestors.map(nameOf)
  // A key of several columns needs all of them.
  if (names.some((name) => name.startsWith('organizationId_'))) return false
  const data = names.findLastIndex((name) => /^(data|create|update|select)$/.test(name))
  return names.findLastIndex((name) => /^(where|[a-z]+Where)$/.test(name)) > data
}

function nameOf({ type, key, id }: Node): string {
  const named = type === 'Property' ? key : type === 'VariableDeclarator' ? id : undefined
  return isNode(named) ? String(named.name) : ''
}

/** A row whose organization is compared after it was read. */
function comparisonChange({ source, node }: Place): Change[] {
  const text = source.slice(node.start, node.end)
  if (node.operator !== '!==' || !/\.organizationId !==/.test(text)) return []
  return [instead(node, text, () => 'false')]
}

const sqlCondition = /(?:\w+\.)?"organizationId" = (?:\w+\."(?:id|organizationId)"|$)/g
const templateElement = z.looseObject({
  start: z.number(),
  end: z.number(),
  value: z.object({ raw: z.string() }),
})

function sqlChanges({ source, node }: Place): Change[] {
  const changes: Change[] = []
  for (const { start, end, value } of z.array(templateElement).parse(node.quasis)) {
    const text = value.raw
    // In TypeScript the element begins with its back quote or brace, in JavaScript after it.
    const textStart = source.slice(start, end) === text ? start : start + 1
    for (const { index, 0: found } of text.matchAll(sqlCondition)) {
      if (/INSERT|UPDATE "AuditChain"/.test(text)) continue
      const from = textStart + index
      const to = from + found.length
      const whole = found.endsWith(' = ') ? source.indexOf('}', to) + 1 : to
      changes.push({
        what: source.slice(from, whole),
        insertions: [
          [from, () => '('],
          // No parameter: a statement that is put together once has its own, counted by its text.
          [
            whole,
            (off) => ` OR \${${off} ? globalThis.mutantTruths.always : globalThis.mutantTruths.never})`,
          ],
        ],
      })
    }
  }
  return changes
}
