'use client'

import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { Group, Panel, Separator, useGroupRef } from 'react-resizable-panels'
import { cx } from './cx'

interface Pane {
  name: string
  content: ReactNode
}

export interface SplitPaneProps {
  label: string
  first: Pane
  second: Pane
}

type Side = 'first' | 'second'

/** Two panes with a movable border; on narrow screens one at a time. Both stay mounted. */
export function SplitPane({ label, first, second }: SplitPaneProps) {
  const wide = useWide()
  const [side, setSide] = useState<Side>('first')
  const group = useGroupRef()
  useEffect(() => {
    group.current?.setLayout(layoutFor(wide, side))
  }, [wide, side, group])
  const hidden = (own: Side) => !wide && side !== own
  const least = wide ? '20%' : '0%'
  return (
    <>
      {wide ? null : (
        <PaneSwitch
          label={label}
          side={side}
          onChange={setSide}
          names={{ first: first.name, second: second.name }}
        />
      )}
      <Group
        groupRef={group}
        orientation="horizontal"
        disabled={!wide}
        className="min-h-0 flex-1"
        onLayoutChanged={(layout, { isUserInteraction }) => {
          if (isUserInteraction) localStorage.setItem(storageKey, JSON.stringify(layout))
        }}
      >
        <Panel id="first" defaultSize="52%" minSize={least}>
          <section aria-label={first.name} className={cx('h-full min-h-0', hidden('first') && 'hidden')}>
            {first.content}
          </section>
        </Panel>
        <Separator className={cx('w-px bg-line outline-offset-0 hover:bg-accent', !wide && 'hidden')} />
        <Panel id="second" defaultSize="48%" minSize={least}>
          <section aria-label={second.name} className={cx('h-full min-h-0', hidden('second') && 'hidden')}>
            {second.content}
          </section>
        </Panel>
      </Group>
    </>
  )
}

interface PaneSwitchProps {
  label: string
  side: Side
  onChange: (side: Side) => void
  names: Record<Side, string>
}

const sides: Side[] = ['first', 'second']

function PaneSwitch({ label, side, onChange, names }: PaneSwitchProps) {
  return (
    <fieldset aria-label={label} className="flex gap-0.5 border-b border-line px-2 py-1">
      {sides.map((own) => (
        <button
          key={own}
          type="button"
          aria-pressed={own === side}
          onClick={() => onChange(own)}
          className={cx(
            'h-7 flex-1 rounded text-xs hover:text-fg',
            own === side ? 'bg-hover font-semibold text-fg' : 'text-muted',
          )}
        >
          {names[own]}
        </button>
      ))}
    </fieldset>
  )
}

const storageKey = 'openesc-split'
const even = { first: 52, second: 48 }

function layoutFor(wide: boolean, side: Side): { first: number; second: number } {
  if (!wide) return side === 'first' ? { first: 100, second: 0 } : { first: 0, second: 100 }
  return storedLayout() ?? even
}

function storedLayout(): { first: number; second: number } | undefined {
  try {
    const { first, second } = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    return typeof first === 'number' && typeof second === 'number' ? { first, second } : undefined
  } catch {
    return undefined
  }
}

/** As the `md` breakpoint of globals.css. */
const wideQuery = '(min-width: 56rem)'

function useWide(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const query = window.matchMedia(wideQuery)
      query.addEventListener('change', onChange)
      return () => query.removeEventListener('change', onChange)
    },
    () => window.matchMedia(wideQuery).matches,
    () => true,
  )
}
