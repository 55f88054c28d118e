import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { jsonNumber } from '@/lib/language'
import { reencode } from '@/lib/language/edit/reference'
import { decodeYaml } from '@/lib/language/syntax/decode'
import type { SyntaxNode } from '@/lib/language/syntax/node'
import { expectDiagnostics, expectSame, wireRange } from './compare'
import { asRecord, parse } from './json'

/** `yaml/<case>`: decode, compare the tree, write it again. */
export function runYamlCase(folder: string): void {
  const expected = asRecord(parse(readFileSync(join(folder, 'decoded.json'), 'utf8')))
  const source = readFileSync(join(folder, 'doc.yaml'))
  const environment = basename(folder)
  const { root, diagnostics } = decodeYaml(source, { environment })
  expectSame('syntax', root && tree(root), expected.syntax)
  expectDiagnostics('diags', diagnostics, expected.diags)
  const encoded = reencode(source.toString('utf8'))
  expectSame('encoded', encoded.text, readFileSync(join(folder, 'encoded.yaml'), 'utf8'))
  expectDiagnostics('encodeDiags', encoded.diagnostics, expected.encodeDiags)
}

function tree(node: SyntaxNode): object {
  return { ...content(node), ...(node.range && { range: wireRange(node.range) }) }
}

function content(node: SyntaxNode): object {
  switch (node.kind) {
    case 'null':
      return {}
    case 'number':
      return { literal: jsonNumber(node.value) }
    case 'boolean':
    case 'string':
      return { literal: node.value }
    case 'array':
      return { array: node.elements.map(tree) }
    case 'object':
      return { object: node.entries.map(({ key, value }) => ({ key: tree(key), value: tree(value) })) }
  }
}
