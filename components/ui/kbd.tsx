'use client'

import { useSyncExternalStore } from 'react'
import { cx } from './cx'

const never = () => () => {}

export function isApple(): boolean {
  return /mac|iphone|ipad/i.test(navigator.platform)
}

/** Whether shortcuts are written with the keys of an Apple keyboard. */
export function useAppleKeys(): boolean {
  return useSyncExternalStore(never, isApple, () => false)
}

const appleNames: Record<string, string> = { Mod: '⌘', Enter: '⏎', Shift: '⇧', Alt: '⌥' }
const otherNames: Record<string, string> = { Mod: 'Ctrl', Enter: '⏎' }

/** A shortcut such as `Mod+S`, spelled for this person's keyboard. Decoration: screen readers get the button's name. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  const apple = useAppleKeys()
  const names = apple ? appleNames : otherNames
  const parts = keys.split('+').map((key) => names[key] ?? key)
  return (
    <kbd
      aria-hidden
      className={cx('font-mono text-[0.6875rem] font-normal tracking-tight opacity-90', className)}
    >
      {parts.join(apple ? '' : '+')}
    </kbd>
  )
}
