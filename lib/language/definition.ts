import type { Definition } from './ast/definition'
import { parseRoot } from './ast/parse-definition'
import { CALL_SHAPES } from './builtins'
import type { Limits } from './limits'
import { decodeYaml } from './syntax/decode'
import { type Diagnostic, hasErrors } from './syntax/diagnostic'

export interface ParseResult {
  /** Absent when YAML decoding failed; partial when other errors were found. */
  readonly definition: Definition | undefined
  readonly diagnostics: readonly Diagnostic[]
}

export interface ParseDefinitionOptions {
  /** The environment's name: the file name of all ranges. */
  readonly environment: string
  readonly limits?: Partial<Limits>
}

/**
 * Decodes and parses a definition (spec §3–8). Never throws.
 *
 * @param source the text, or its bytes when they may not be valid UTF-8
 */
export function parseDefinition(source: string | Uint8Array, options: ParseDefinitionOptions): ParseResult {
  const { environment, limits } = options
  const { text, root, diagnostics } = decodeYaml(source, { environment, limits })
  if (hasErrors(diagnostics)) return { definition: undefined, diagnostics }
  const definition = parseRoot(root, { environment, text, shapes: CALL_SHAPES })
  return { definition, diagnostics: definition.diagnostics }
}
