import type { ComponentProps } from 'react'

export interface SelectProps extends ComponentProps<'select'> {
  /** For screen readers, where the row says the rest. */
  label: string
  options: { value: string; label: string }[]
}

/** A choice inside a row, without a label of its own to see. */
export function Select({ label, options, ...select }: SelectProps) {
  return (
    <select
      aria-label={label}
      className="h-7 max-w-full rounded border border-line-strong/60 bg-bg px-1.5 text-sm text-fg hover:border-line-strong disabled:opacity-50"
      {...select}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
