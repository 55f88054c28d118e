import type { Diagnostic, DiagnosticCode, Severity } from '../syntax/diagnostic'
import type { ObjectEntry, ObjectNode, SyntaxNode } from '../syntax/node'
import { goQuote } from '../text/go-quote'
import { sortByDistance } from '../text/spelling'
import type { CallShapes } from './call'
import type { Definition, ImportElement, ImportList, ImportOptions, ValueList } from './definition'
import type { Entry, StringExpression } from './expression'
import { type ParseContext, parseExpression } from './parse-expression'
import { syntheticString } from './synthetic'

export interface ParseOptions {
  readonly environment: string
  readonly text: string
  readonly shapes: CallShapes
}

/** Parses the root node of a definition (spec §6). A partial definition comes out whatever is wrong. */
export function parseRoot(root: SyntaxNode | undefined, options: ParseOptions): Definition {
  return new DefinitionParser(options).parse(root)
}

const FIELDS = ['description', 'imports', 'values']

class DefinitionParser {
  private readonly diagnostics: Diagnostic[] = []
  private readonly context: ParseContext

  constructor(private readonly options: ParseOptions) {
    this.context = { shapes: options.shapes, report: (diagnostic) => this.diagnostics.push(diagnostic) }
  }

  parse(root: SyntaxNode | undefined): Definition {
    let description: StringExpression | undefined
    let imports: ImportList | undefined
    let values: ValueList | undefined
    if (root?.kind === 'object') {
      this.visitFields(root, (field, value) => {
        if (field === 'description') description = this.parseDescription(value)
        else if (field === 'imports') imports = this.parseImports(value)
        else values = this.parseValues(value)
      })
    } else {
      this.report(root, 'environment must be an object')
    }
    const { environment, text } = this.options
    return { environment, text, diagnostics: this.diagnostics, syntax: root, description, imports, values }
  }

  private report(
    node: SyntaxNode | undefined,
    summary: string,
    { severity = 'error', code = 'structure' }: { severity?: Severity; code?: DiagnosticCode } = {},
  ): void {
    const range = node?.range
    this.diagnostics.push({ severity, code, summary, path: node?.path ?? '', ...(range && { range }) })
  }

  private visitFields(root: ObjectNode, visit: (field: string, value: SyntaxNode) => void): void {
    const isNew = this.duplicateCheck()
    for (const entry of root.entries) {
      isNew(entry)
      const field = entry.name.toLowerCase()
      if (FIELDS.includes(field)) visit(field, entry.value)
      else this.reportUnknownField(entry)
    }
  }

  /** Repeated keys are warned about; the last one wins. */
  private duplicateCheck(): (entry: ObjectEntry) => void {
    const seen = new Set<string>()
    return (entry) => {
      if (seen.has(entry.name)) {
        const summary = `duplicate key ${goQuote(entry.name)}`
        this.report(entry.key, summary, { severity: 'warning', code: 'duplicate-key' })
      }
      seen.add(entry.name)
    }
  }

  private reportUnknownField(entry: ObjectEntry): void {
    const quoted = FIELDS.map((field) => `'${field}'`)
    const existing = sortByDistance(quoted, entry.name).join(', ')
    const summary = `Field '${entry.name}' does not exist on Object 'environment'. Existing fields are: ${existing}`
    this.report(entry.key, summary, { severity: 'warning' })
  }

  private parseDescription(node: SyntaxNode): StringExpression {
    const description = parseExpression(node, this.context)
    if (description.kind === 'string') return description
    this.report(node, 'description must be a string')
    return syntheticString('')
  }

  private parseImports(node: SyntaxNode): ImportList {
    if (node.kind === 'array')
      return { syntax: node, elements: node.elements.map((item) => this.parseImport(item)) }
    this.report(node, 'imports must be a list')
    return { syntax: node, elements: undefined }
  }

  private parseImport(node: SyntaxNode): ImportElement {
    if (node.kind === 'string') {
      return { syntax: node, name: { kind: 'string', syntax: node, value: node.value }, options: undefined }
    }
    if (node.kind !== 'object') {
      this.report(node, 'import must be a string or an object')
      return { syntax: node, name: undefined, options: undefined }
    }
    const [entry] = node.entries
    if (entry === undefined || node.entries.length !== 1) {
      this.report(node, 'import must have a single key')
      return { syntax: node, name: undefined, options: undefined }
    }
    return { syntax: node, name: rawKey(entry), options: this.parseImportOptions(entry.value) }
  }

  private parseImportOptions(node: SyntaxNode): ImportOptions {
    if (node.kind !== 'object') {
      this.report(node, 'import must be an object')
      return { merge: undefined }
    }
    let merge: ImportOptions['merge']
    const isNew = this.duplicateCheck()
    for (const entry of node.entries) {
      isNew(entry)
      if (entry.name.toLowerCase() !== 'merge') continue
      if (entry.value.kind !== 'boolean') this.report(entry.value, 'merge must be a boolean value')
      merge = { syntax: entry.value, value: entry.value.kind === 'boolean' && entry.value.value }
    }
    return { merge }
  }

  private parseValues(node: SyntaxNode): ValueList {
    if (node.kind === 'object')
      return { syntax: node, entries: node.entries.map((entry) => this.parseValue(entry)) }
    this.report(node, 'values must be an object')
    return { syntax: node, entries: undefined }
  }

  private parseValue(entry: ObjectEntry): Entry {
    if (entry.name.startsWith('fn::')) {
      const summary = `builtin function call ${goQuote(entry.name)} not allowed at the top level`
      this.report(entry.key, summary, { code: 'call' })
    }
    return { key: rawKey(entry), value: parseExpression(entry.value, this.context) }
  }
}

/** Keys of `values` and names of imports are raw text: no interpolation, no `$$` (spec §6). */
function rawKey({ key, name }: ObjectEntry): StringExpression | undefined {
  return key.kind === 'string' ? { kind: 'string', syntax: key, value: name } : undefined
}
