/** Monaco as this console uses it: bundled with it, one language, its own worker, nothing fetched from elsewhere. */
import { loader } from '@monaco-editor/react'
import * as monaco from 'monaco-editor/editor/editor.api.js'
import './monaco-features'
import { definitionLanguage, languageConfiguration, languageId } from './definition-language'
import { registerLanguageProviders } from './language-providers'

self.MonacoEnvironment = {
  getWorker: () => new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module' }),
}

// Before the first editor: without it the loader would fetch Monaco from elsewhere.
loader.config({ monaco })

monaco.languages.register({ id: languageId })
monaco.languages.setLanguageConfiguration(languageId, languageConfiguration)
monaco.languages.setMonarchTokensProvider(languageId, definitionLanguage)
registerLanguageProviders(monaco)

// Monaco rejects what it gives up (a menu of actions while the next is asked for), and not all of its own callers listen.
self.addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof Error && event.reason.name === 'Canceled') event.preventDefault()
})

export { monaco }
export type Monaco = typeof monaco
