import type { Definition } from './ast/definition'
import type { Diagnostic } from './syntax/diagnostic'

export interface ParseResult {
  /** Absent when YAML decoding failed; partial when other errors were found. */
  readonly definition: Definition | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Decodes and parses a definition (spec §3–8). Never throws.
 *
 * @param text source text, or its bytes when they may not be valid UTF-8
 * @param options.environment the environment's name, the file name of all ranges
 */
export function parseDefinition(
  _text: string | Uint8Array,
  _options: { readonly environment: string; readonly limits?: Partial<import('./limits').Limits> },
): ParseResult {
  return { definition: undefined, diagnostics: [] }
}
