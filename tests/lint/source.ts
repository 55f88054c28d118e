import { type Node, parseSync, Visitor } from 'oxc-parser'

/** What a rule wants to know of a source file. Lines count from 1. */
export interface Source {
  imports: { specifier: string; line: number }[]
  environmentReads: { line: number }[]
}

/** @throws Error when the file does not parse: an unread file would pass every rule */
export function readSource(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text)
  const [error] = errors
  if (error) throw new Error(`${path}: ${error.message}`)
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  const requests = [
    ...module.staticImports.map((each) => each.moduleRequest),
    ...module.staticExports.flatMap((each) => each.entries.flatMap((entry) => entry.moduleRequest ?? [])),
  ]
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^(['"`])(.*)\1$/s.exec(text.slice(start, end))?.[2]
    return literal === undefined ? [] : [{ specifier: literal, line: lineAt(start) }]
  })
  const named = requests.map(({ value, start }) => ({ specifier: value, line: lineAt(start) }))
  const reads = environmentReads(program).map((start) => ({ line: lineAt(start) }))
  const imported = named.filter(({ specifier }) => /^(node:)?process$/.test(specifier))
  return { imports: [...named, ...dynamic], environmentReads: [...reads, ...imported] }
}

function environmentReads(program: ReturnType<typeof parseSync>['program']): number[] {
  const found: number[] = []
  new Visitor({
    MemberExpression(node) {
      if (nameOf(node.property) === 'env' && isProcess(node.object)) found.push(node.start)
    },
    VariableDeclarator(node) {
      if (node.id.type === 'ObjectPattern' && node.init && isProcess(node.init)) found.push(node.start)
    },
  }).visit(program)
  return found
}

function isProcess(node: Node): boolean {
  return nameOf(node.type === 'MemberExpression' ? node.property : node) === 'process'
}

function nameOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}
