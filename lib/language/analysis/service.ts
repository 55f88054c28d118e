import { codeActions } from './code-actions'
import { complete } from './complete'
import { definitionAt } from './definition-at'
import { hover } from './hover'
import { jsonSchemaOfDefinition } from './json-schema'
import { readOutline } from './outline'
import { quickDiagnostics } from './quick-diagnostics'
import { renameAt } from './rename-at'
import { documentSymbols } from './symbols'
import type { LanguageContext, LanguageService } from './types'

/** Makes a language service; see {@link LanguageContext}. */
export function createLanguageService(context: LanguageContext): LanguageService {
  return {
    complete: (text, offset) => complete(text, offset, context),
    hover: (text, offset) => hover(text, offset, context),
    definitionAt: (text, offset) => definitionAt(text, offset, context),
    renameKey: renameAt,
    documentSymbols,
    codeActions: (text, selection) => codeActions(text, selection, context),
    countImports: (text) => readOutline(text).imports.length,
    quickDiagnostics,
    jsonSchemaOfDefinition: () => jsonSchemaOfDefinition(context),
  }
}
