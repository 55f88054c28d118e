'use client'

import { useTheme } from 'next-themes'
import { useEffect, useRef } from 'react'
import { languageId } from './definition-language'
import { monaco } from './monaco'
import { applyTheme } from './theme'

export interface DiffEditorProps {
  original: string
  /** The right side, at first; it can be edited when there is someone to tell. */
  modified: string
  onChange?: (modified: string) => void
  originalLabel: string
  modifiedLabel: string
}

/** Two definitions side by side, what differs marked. */
export default function DiffEditor(props: DiffEditorProps) {
  const container = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const { resolvedTheme } = useTheme()
  useEffect(() => applyTheme(monaco, { dark: resolvedTheme === 'dark' }), [resolvedTheme])
  const { original } = props
  useEffect(() => {
    if (!container.current) return
    const models = {
      original: monaco.editor.createModel(original, languageId),
      modified: monaco.editor.createModel(latest.current.modified, languageId),
    }
    const created = createDiff(container.current, latest.current)
    created.setModel(models)
    models.modified.onDidChangeContent(() => latest.current.onChange?.(models.modified.getValue()))
    return () => {
      created.dispose()
      models.original.dispose()
      models.modified.dispose()
    }
  }, [original])
  return <div ref={container} className="h-full min-h-0 w-full" />
}

function createDiff(container: HTMLElement, { onChange, originalLabel, modifiedLabel }: DiffEditorProps) {
  const style = getComputedStyle(document.documentElement)
  const created = monaco.editor.createDiffEditor(container, {
    automaticLayout: true,
    fontFamily: style.getPropertyValue('--font-mono'),
    fontSize: 13,
    lineHeight: 20,
    glyphMargin: false,
    hideCursorInOverviewRuler: true,
    minimap: { enabled: false },
    originalEditable: false,
    readOnly: onChange === undefined,
    renderFinalNewline: 'on',
    renderOverviewRuler: false,
    scrollBeyondLastLine: false,
    useInlineViewWhenSpaceIsLimited: true,
  })
  created.getOriginalEditor().updateOptions({ ariaLabel: originalLabel })
  created.getModifiedEditor().updateOptions({ ariaLabel: modifiedLabel })
  return created
}
