import type { LanguageContext, LanguageService } from './types'

/** Makes a language service; see {@link LanguageContext}. */
export function createLanguageService(_context: LanguageContext): LanguageService {
  return {
    complete: () => [],
    hover: () => undefined,
    definitionAt: () => undefined,
    renameKey: () => ({ ok: false, code: 'rename.unavailable', message: 'nothing to rename here' }),
    documentSymbols: () => [],
    codeActions: () => [],
    quickDiagnostics: () => [],
    jsonSchemaOfDefinition: () => ({}),
  }
}
