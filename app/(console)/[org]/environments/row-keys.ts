'use client'

import { isTyping } from '@/components/ui/shortcut'

/** The link of a row in the list, found by this attribute: rows stand in several groups but are walked as one list. */
export const rowAttribute = { 'data-environment-row': '' }

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-environment-row]')]
}

/** @returns whether there is such a row */
export function focusRow(index: number): boolean {
  const row = rows()[index]
  row?.focus()
  row?.scrollIntoView({ block: 'nearest' })
  return row !== undefined
}

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }

/** Arrow keys, or j and k, walk through the rows from the one that has the focus. */
export function walkRows(event: KeyboardEvent): void {
  const step = steps[event.key]
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
  const at = rows().findIndex((row) => row.matches(':focus'))
  if (at < 0 && event.key.startsWith('Arrow')) return
  if (focusRow(at < 0 ? 0 : at + step)) event.preventDefault()
}
