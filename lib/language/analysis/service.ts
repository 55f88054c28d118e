import { complete } from './complete'
import { hover } from './hover'
import type { LanguageContext, LanguageService } from './types'

/** Makes a language service; see {@link LanguageContext}. */
export function createLanguageService(context: LanguageContext): LanguageService {
  return {
    complete: (text, offset) => complete(text, offset, context),
    hover: (text, offset) => hover(text, offset, context),
    definitionAt: () => undefined,
    renameKey: () => ({ ok: false, code: 'rename.unavailable', message: 'nothing to rename here' }),
    documentSymbols: () => [],
    codeActions: () => [],
    quickDiagnostics: () => [],
    jsonSchemaOfDefinition: () => ({}),
  }
}
