'use client'

import { useTheme } from 'next-themes'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { text } from '@/components/messages'
import type { Diagnostic } from '@/lib/language'
import { languageId } from './definition-language'
import { addGoToDefinition } from './go-to-definition'
import { type ModelContext, setModelContext } from './language-providers'
import { monaco } from './monaco'
import { placeOf } from './positions'
import { clearQuickMarks, markQuickly } from './quick-marks'
import { applyTheme } from './theme'

export interface CodeEditorHandle {
  focus: () => void
  /** Moves the cursor to a place and shows it. */
  reveal: (line: number, column: number) => void
  /** Makes the text this one, in one step that can be undone. */
  replace: (next: string) => void
  nextProblem: () => void
}

export interface CodeEditorProps {
  /** Text at first; later changes go through the handle, so that undo keeps working. */
  initialText: string
  onChange: (next: string) => void
  diagnostics: readonly Diagnostic[]
  context: ModelContext
  readOnly?: boolean
  /** Where to put the cursor at first. */
  place?: { line: number; column: number }
  /** Ctrl/Cmd-Enter, which Monaco would otherwise take for itself. */
  onSubmit?: () => void
  ref?: Ref<CodeEditorHandle>
}

type Editor = ReturnType<typeof monaco.editor.create>

export default function CodeEditor(props: CodeEditorProps) {
  const { diagnostics, context, readOnly, ref } = props
  const container = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    if (!container.current) return
    const created = createEditor(container.current, latest)
    editor.current = created
    const { place } = latest.current
    if (place) handleOf(editor).reveal(place.line, place.column)
    const model = created.getModel()
    const stopMarking = model ? markQuickly(monaco, model) : undefined
    return () => {
      stopMarking?.()
      editor.current = null
      created.getModel()?.dispose()
      created.dispose()
    }
  }, [])
  useEditorTheme()
  useEffect(() => editor.current?.updateOptions({ readOnly: readOnly ?? false }), [readOnly])
  useEffect(() => {
    const model = editor.current?.getModel()
    if (model) setModelContext(model, context)
  }, [context])
  useEffect(() => {
    const model = editor.current?.getModel()
    if (!model) return
    clearQuickMarks(monaco, model)
    monaco.editor.setModelMarkers(model, 'check', markersOf(diagnostics, model))
  }, [diagnostics])
  useImperativeHandle(ref, () => handleOf(editor), [])
  return <div ref={container} className="h-full min-h-0 w-full" />
}

function createEditor(container: HTMLElement, latest: { current: CodeEditorProps }): Editor {
  const { initialText, context, readOnly = false } = latest.current
  const model = monaco.editor.createModel(initialText, languageId)
  setModelContext(model, context)
  const style = getComputedStyle(document.documentElement)
  const created = monaco.editor.create(container, {
    ...options,
    model,
    readOnly,
    fontFamily: style.getPropertyValue('--font-mono'),
  })
  model.onDidChangeContent(() => latest.current.onChange(model.getValue()))
  addGoToDefinition(monaco, created)
  created.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => latest.current.onSubmit?.())
  return created
}

const options: Parameters<typeof monaco.editor.create>[1] = {
  ariaLabel: text.editor.definition,
  automaticLayout: true,
  fixedOverflowWidgets: true,
  fontSize: 13,
  lineHeight: 20,
  glyphMargin: false,
  hideCursorInOverviewRuler: true,
  lineNumbersMinChars: 3,
  minimap: { enabled: false },
  occurrencesHighlight: 'off',
  overviewRulerLanes: 1,
  padding: { top: 8, bottom: 8 },
  quickSuggestions: { other: true, strings: true, comments: false },
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  renderFinalNewline: 'on',
  readOnlyMessage: { value: text.editor.readOnly },
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  tabSize: 2,
  insertSpaces: true,
  unicodeHighlight: { ambiguousCharacters: false },
  wordBasedSuggestions: 'off',
}

function useEditorTheme(): void {
  const { resolvedTheme } = useTheme()
  useEffect(() => applyTheme(monaco, { dark: resolvedTheme === 'dark' }), [resolvedTheme])
}

function markersOf(
  diagnostics: readonly Diagnostic[],
  model: NonNullable<ReturnType<Editor['getModel']>>,
): Parameters<typeof monaco.editor.setModelMarkers>[2] {
  return diagnostics.map((diagnostic) => ({
    ...placeOf(diagnostic, model),
    message: diagnostic.detail ? `${diagnostic.summary}\n${diagnostic.detail}` : diagnostic.summary,
    severity: diagnostic.severity === 'warning' ? monaco.MarkerSeverity.Warning : monaco.MarkerSeverity.Error,
  }))
}

function handleOf(editor: { current: Editor | null }): CodeEditorHandle {
  return {
    focus: () => editor.current?.focus(),
    reveal: (line, column) => {
      const position = { lineNumber: line, column }
      editor.current?.setPosition(position)
      editor.current?.revealPositionInCenterIfOutsideViewport(position)
      editor.current?.focus()
    },
    replace: (next) => replaceText(editor.current, next),
    nextProblem: () => {
      editor.current?.focus()
      editor.current?.trigger('keyboard', 'editor.action.marker.next', {})
    },
  }
}

/** Replaces only what differs, so that the cursor and the folds stay where they are. */
function replaceText(editor: Editor | null, next: string): void {
  const model = editor?.getModel()
  const current = model?.getValue()
  if (!editor || !model || current === undefined || current === next) return
  let start = 0
  while (start < current.length && start < next.length && current[start] === next[start]) start++
  let tail = 0
  const most = Math.min(current.length, next.length) - start
  while (tail < most && current[current.length - 1 - tail] === next[next.length - 1 - tail]) tail++
  const from = model.getPositionAt(start)
  const to = model.getPositionAt(current.length - tail)
  const range = monaco.Range.fromPositions(from, to)
  editor.pushUndoStop()
  editor.executeEdits('replace', [{ range, text: next.slice(start, next.length - tail) }])
  editor.pushUndoStop()
}
