import type { editor } from 'monaco-editor/editor/editor.api.js'
import { modelContext, rangeOf } from './language-providers'
import type { Monaco } from './monaco'

const owner = 'quick'
const debounceMs = 150

/** The version of a text whose check has answered: a late quick finding must not stand beside it. */
const checked = new WeakMap<editor.ITextModel, number>()

/**
 * Marks what is wrong with syntax and shape while the server has not checked yet. Its findings replace these.
 *
 * @returns how to stop
 */
export function markQuickly(monaco: Monaco, model: editor.ITextModel): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const mark = async () => {
    const version = model.getVersionId()
    const found = (await modelContext(model)?.language.ask('quickDiagnostics', model.getValue())) ?? []
    if (model.isDisposed() || model.getVersionId() !== version || checked.get(model) === version) return
    const severityOf = { error: monaco.MarkerSeverity.Error, warning: monaco.MarkerSeverity.Warning }
    const markers = found.map(({ range, summary, severity }) => ({
      ...rangeOf(range),
      message: summary,
      severity: severityOf[severity],
    }))
    monaco.editor.setModelMarkers(model, owner, markers)
  }
  const listener = model.onDidChangeContent(() => {
    clearTimeout(timer)
    timer = setTimeout(mark, debounceMs)
  })
  return () => {
    clearTimeout(timer)
    listener.dispose()
  }
}

export function clearQuickMarks(monaco: Monaco, model: editor.ITextModel): void {
  checked.set(model, model.getVersionId())
  monaco.editor.setModelMarkers(model, owner, [])
}
