import { complete } from './complete'
import type { LanguageContext, LanguageService } from './types'

/** Makes a language service; see {@link LanguageContext}. */
export function createLanguageService(context: LanguageContext): LanguageService {
  return {
    complete: (text, offset) => complete(text, offset, context),
    hover: () => undefined,
    definitionAt: () => undefined,
    renameKey: () => ({ ok: false, code: 'rename.unavailable', message: 'nothing to rename here' }),
    documentSymbols: () => [],
    codeActions: () => [],
    quickDiagnostics: () => [],
    jsonSchemaOfDefinition: () => ({}),
  }
}
