'use client'

import { Editor as MonacoEditor } from '@monaco-editor/react'
import { useTheme } from 'next-themes'
import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { text } from '@/components/messages'
import type { Diagnostic } from '@/lib/language'
import { languageId } from './definition-language'
import { addGoToDefinition } from './go-to-definition'
import { type ModelContext, setModelContext } from './language-providers'
import { monaco } from './monaco'
import { placeOf } from './positions'
import { clearQuickMarks, markQuickly } from './quick-marks'
import { applyTheme, themeName } from './theme'

export interface CodeEditorHandle {
  focus: () => void
  /** Where the cursor stands, in UTF-16 units from the beginning of the text. */
  cursor: () => number
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
  const { initialText, diagnostics, context, readOnly = false, ref } = props
  const [editor, setEditor] = useState<Editor | null>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEditorTheme()
  useEffect(() => {
    const model = editor?.getModel()
    if (model) setModelContext(model, context)
  }, [editor, context])
  useEffect(() => {
    const model = editor?.getModel()
    return model ? markQuickly(monaco, model) : undefined
  }, [editor])
  useEffect(() => {
    const model = editor?.getModel()
    if (!model) return
    clearQuickMarks(monaco, model)
    monaco.editor.setModelMarkers(model, 'check', markersOf(diagnostics, model))
  }, [editor, diagnostics])
  useImperativeHandle(ref, () => handleOf(editor), [editor])
  const [first] = useState(initialText)
  const ownOptions = useMemo(() => ({ ...options, readOnly, fontFamily: monospace() }), [readOnly])
  const onChange = useCallback((next = '') => latest.current.onChange(next), [])
  const onMount = useCallback((created: Editor) => {
    prepare(created, latest)
    setEditor(created)
  }, [])
  // Everything here stays the same while somebody types: Monaco takes all its options anew when one may have changed.
  return (
    <MonacoEditor
      defaultValue={first}
      defaultLanguage={languageId}
      theme={themeName}
      options={ownOptions}
      loading={null}
      onChange={onChange}
      onMount={onMount}
    />
  )
}

function prepare(editor: Editor, latest: { current: CodeEditorProps }): void {
  const { place, context } = latest.current
  // The worker starts while the person reads, not at their first key.
  void context.language.ask('countImports', editor.getValue())
  addGoToDefinition(monaco, editor)
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => latest.current.onSubmit?.())
  if (place) handleOf(editor).reveal(place.line, place.column)
}

function monospace(): string {
  return getComputedStyle(document.documentElement).getPropertyValue('--font-mono')
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
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  smoothScrolling: false,
  // What stands above in YAML is what stands further left: nobody has to be asked for it after every key.
  stickyScroll: { defaultModel: 'indentationModel' },
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

function handleOf(editor: Editor | null): CodeEditorHandle {
  return {
    focus: () => editor?.focus(),
    cursor: () => {
      const position = editor?.getPosition()
      return (position && editor?.getModel()?.getOffsetAt(position)) ?? 0
    },
    reveal: (line, column) => {
      const position = { lineNumber: line, column }
      editor?.setPosition(position)
      editor?.revealPositionInCenterIfOutsideViewport(position)
      editor?.focus()
    },
    replace: (next) => replaceText(editor, next),
    nextProblem: () => {
      editor?.focus()
      editor?.trigger('keyboard', 'editor.action.marker.next', {})
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
