/**
 * The language service: completion, hover, navigation and edits for any editor. Pure and free of Node: it runs in a
 * browser worker. Offsets count UTF-16 units from 0; lines and columns count from 1.
 */
export { moveToImport } from './code-actions'
export { providerAt } from './provider-at'
export { type DocumentedProperty, insertExample, type ProviderDocs, providerDocs } from './provider-docs'
export { createLanguageService } from './service'
export type * from './types'
