import type { editor } from 'monaco-editor/editor/editor.api.js'
import { text } from '@/components/messages'
import { modelContext } from './language-providers'
import type { Monaco } from './monaco'

/** F12: to the definition of what is under the cursor, also when it lies in another environment. */
export function addGoToDefinition(monaco: Monaco, target: editor.IStandaloneCodeEditor): void {
  target.addAction({
    id: 'environment.goToDefinition',
    label: text.editor.goToDefinition,
    keybindings: [monaco.KeyCode.F12],
    contextMenuGroupId: 'navigation',
    run: async (current) => {
      const model = current.getModel()
      const position = current.getPosition()
      const context = model ? modelContext(model) : undefined
      if (!model || !position || !context) return
      const found = await context.language.ask('definitionAt', model.getValue(), model.getOffsetAt(position))
      if (found?.environment) return context.openEnvironment?.(found.environment, found.position)
      if (!found?.range) return
      const { line: lineNumber, column } = found.range.start
      current.setPosition({ lineNumber, column })
      current.revealPositionInCenterIfOutsideViewport({ lineNumber, column })
    },
  })
}
