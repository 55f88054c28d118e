'use client'

import { cx } from '@/components/ui/cx'

export interface ChoiceListProps {
  label: string
  /** What it means when nothing is chosen, and the like. */
  hint?: string
  /** Where there is room for them. */
  columns?: 2
  options: { value: string; label: string; hint?: string }[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

/** Any number of several. */
export function ChoiceList({ label, hint, columns, options, chosen, onChange }: ChoiceListProps) {
  const toggle = (value: string, on: boolean) =>
    onChange(on ? [...chosen, value] : chosen.filter((other) => other !== value))
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-semibold">{label}</legend>
      {hint ? <p className="mb-1 text-xs text-muted">{hint}</p> : null}
      <div
        className={cx(
          'max-h-56 overflow-y-auto rounded border border-line px-2.5 py-1.5',
          columns && 'sm:grid sm:grid-cols-2 sm:gap-x-4',
        )}
      >
        {options.map(({ value, label, hint }) => (
          <label key={value} className="flex min-h-7 items-center gap-2">
            <input
              type="checkbox"
              className="accent-accent"
              checked={chosen.includes(value)}
              onChange={(event) => toggle(value, event.target.checked)}
            />
            <span className="min-w-0">
              {label} {hint ? <span className="text-xs text-muted">{hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
