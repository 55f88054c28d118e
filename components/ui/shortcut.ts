'use client'

import { useEffect, useRef, useSyncExternalStore } from 'react'
import { isApple } from './kbd'

export interface Shortcut {
  /** `KeyboardEvent.key`, compared without regard to case. */
  key: string
  /** Ctrl, or Command on Apple keyboards. */
  mod?: boolean
  shift?: boolean
}

/**
 * Runs `action` on a key press. Plain letters are left alone while a person types or a dialog is open.
 *
 * @returns for `aria-keyshortcuts` of what does the same; absent until the page listens
 */
export function useShortcut(shortcut: Shortcut, action: () => void): string | undefined {
  const latest = useRef(action)
  useEffect(() => {
    latest.current = action
  })
  const { key, mod = false, shift = false } = shortcut
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!matches(event, { key, mod, shift }) || event.defaultPrevented) return
      if (!mod && isTyping(event)) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [key, mod, shift])
  const listens = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  )
  if (!listens) return undefined
  const modifier = isApple() ? 'Meta' : 'Control'
  return [...(mod ? [modifier] : []), ...(shift ? ['Shift'] : []), key].join('+')
}

function matches(event: KeyboardEvent, shortcut: Required<Shortcut>): boolean {
  const mod = event.ctrlKey || event.metaKey
  const letter = /^[a-z]$/i.test(shortcut.key)
  const shiftMatters = shortcut.mod || letter
  return (
    event.key.toLowerCase() === shortcut.key.toLowerCase() &&
    mod === shortcut.mod &&
    !event.altKey &&
    (!shiftMatters || event.shiftKey === shortcut.shift)
  )
}

/** Whether the key belongs to something that takes text, or to an open dialog or menu. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"], .monaco-editor') !== null
  )
}
